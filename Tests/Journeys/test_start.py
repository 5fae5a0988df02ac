"""The first thing that anybody sees."""


def test_the_server_answers(server, page):
    answer = page.goto("/salud")
    assert answer.status == 200
