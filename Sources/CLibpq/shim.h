/* libpq, and the two Linux calls that its executor sleeps in: the Glibc module does not have them. */
#include <libpq-fe.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
