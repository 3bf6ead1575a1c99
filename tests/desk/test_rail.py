"""The rail says where one is, on a page below one of its entries too."""

from silah.desk.active_entry import HOME, marked


def rail() -> list[dict[str, object]]:
    hrefs = (HOME, "/desk/cases", "/admin/", "/admin/policy")
    return [
        {"heading": "Where"},
        *({"href": href, "current": False} for href in hrefs),
        {"href": "/desk/queue", "count": 3},
    ]


def test_the_nearest_entry_above_a_page_is_marked() -> None:
    found = {one["href"]: one.get("current") for one in marked(rail(), "/admin/policy/7") if "href" in one}
    assert [href for href, current in found.items() if current] == ["/admin/policy"]


def test_an_entry_of_its_own_is_enough() -> None:
    given = rail()
    given[3]["current"] = True
    assert [one["href"] for one in marked(given, "/admin/policy/7") if one.get("current")] == ["/admin/"]


def test_neither_the_first_page_nor_a_counted_view_stands_for_what_is_below() -> None:
    assert not [one for one in marked(rail(), "/desk/queue/7") if one.get("current")]
