"""The first thing that anybody sees."""


def test_the_server_answers(server, page):
    answer = page.goto("/salud")
    assert answer.status == 200


def test_the_bar_and_the_footer_lead_somewhere(enter, look):
    page = enter("oficina")
    links = page.eval_on_selector_all(".bar a, .footer a", "all => all.map(each => each.href)")
    for link in sorted(set(links)):
        assert page.goto(link).status == 200, link
        look(page)
    page.goto("/o/mutual-ser/buscar?q=san+antero")
    assert page.locator("main >> text=Alianza de usuarios de San Antero").count() >= 1
    look(page)


def test_every_link_of_the_manual_leads_somewhere(page):
    page.goto("/ayuda/inicio")
    for link in page.eval_on_selector_all(".manual a", "all => all.map(each => each.href)"):
        assert page.goto(link).status == 200, link
