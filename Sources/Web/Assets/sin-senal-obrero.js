// Keeps one page, the attendance of a meeting, for when there is no signal. What it keeps the page itself puts there,
// and takes away; past its day nothing of it is shown.

const CACHE = "alianzas-sin-senal";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
    const { request } = event;
    const url = new URL(request.url);
    if (request.method !== "GET" || url.origin !== self.location.origin) return;
    const isPage = url.pathname.endsWith("/asistencia/sin-senal");
    if (isPage || url.pathname.startsWith("/recursos/")) event.respondWith(answer(request, url, isPage));
});

async function answer(request, url, isPage) {
    const cache = await caches.open(CACHE);
    // Names of files hold their digest: one that is kept is the same one.
    if (!isPage) return (await cache.match(url.pathname)) ?? fetch(request);
    try {
        return await fetch(request);
    } catch (error) {
        const kept = await cache.match(url.pathname);
        if (!kept) throw error;
        if (Date.now() < Number(kept.headers.get("x-until"))) return kept;
        await caches.delete(CACHE);
        throw error;
    }
}
