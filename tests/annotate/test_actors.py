"""Whoever must act, at the head of a sentence or heading."""

import pytest

from pipeline.annotate.actors import actor_list, opening
from pipeline.model import AgencyMention, Paragraph, Text


def read(words: str, *names: str) -> tuple[Text, list[AgencyMention]]:
    """A text of one paragraph in which the given names are agencies."""
    mentions = [
        AgencyMention(text=name, start=words.index(name), end=words.index(name) + len(name), name=name)
        for name in names
    ]
    return Text(words, [Paragraph(0, len(words))]), sorted(mentions, key=lambda m: m.start)


def test_an_agency_before_its_verb() -> None:
    text, agencies = read("Sở Nội vụ chủ trì, phối hợp với Sở Tài chính rà soát.", "Sở Nội vụ", "Sở Tài chính")
    found = opening(text, 0, len(text.text), agencies)
    assert found and text.text[: found.end] == "Sở Nội vụ"
    assert found.actors.names() == ["Sở Nội vụ"]


def test_a_list_of_agencies_with_office_holders() -> None:
    words = "Giám đốc Sở Nội vụ; Chủ tịch Ủy ban nhân dân các xã, phường: Rà soát."
    text, agencies = read(words, "Sở Nội vụ", "Ủy ban nhân dân các xã, phường")
    found = opening(text, 0, len(words), agencies)
    assert found and found.actors.names() == ["Sở Nội vụ", "Ủy ban nhân dân các xã, phường"]
    assert words[found.end] == ":"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Các sở, ngành có liên quan: Căn cứ chức năng, nhiệm vụ", "Các sở, ngành có liên quan"),
        ("Thủ trưởng các sở, ban, ngành tỉnh chịu trách nhiệm triển khai", "Các sở, ban, ngành tỉnh"),
        ("Các đơn vị được giao chủ trì có trách nhiệm hoàn thành", "Các đơn vị được giao chủ trì"),
        ("Yêu cầu các cơ quan, đơn vị tổ chức thực hiện", "Các cơ quan, đơn vị"),
        ("Các trường THPT trên địa bàn huyện: Tuyên truyền", "Các trường trung học phổ thông"),
        ("Các cơ quan, đơn vị phải chịu trách nhiệm bảo quản", "Các cơ quan, đơn vị"),
        ("Doanh nghiệp, hợp tác xã trên địa bàn huyện", "Doanh nghiệp, hợp tác xã trên địa bàn huyện"),
        (
            "Các sở, cơ quan trực thuộc Sở và các cơ quan liên quan tổ chức",
            "Các sở, cơ quan trực thuộc Sở",
        ),
        ("Đơn vị quản lý, vận hành hồ chứa có trách nhiệm báo tin", "Đơn vị quản lý, vận hành hồ chứa"),
        (
            "Các đơn vị được giao làm Chủ đầu tư, Bên mời thầu rà soát hồ sơ.",
            "Các đơn vị được giao làm Chủ đầu tư, Bên mời thầu",
        ),
        ("Giám đốc các sở, ngành thuộc tỉnh, Thủ trưởng các cơ quan liên quan tổ chức", "Các sở, ngành thuộc tỉnh"),
    ],
)
def test_bodies_named_by_kind_keep_their_own_words(words: str, name: str) -> None:
    text, agencies = read(words)
    found = opening(text, 0, len(words), agencies)
    assert found and found.actors.names() == [name]


@pytest.mark.parametrize(
    "words",
    ["Tổ chức thực hiện nghiêm Kế hoạch", "Phòng, chống tham nhũng", "Ban hành kế hoạch", "Kinh phí do huyện bố trí"],
)
def test_verbs_and_things_are_no_actors(words: str) -> None:
    text, agencies = read(words)
    assert opening(text, 0, len(words), agencies) is None


def test_a_tail_of_offices_and_units_is_no_part_of_the_name() -> None:
    words = "Yêu cầu các sở, ban, ngành, cơ quan, đơn vị liên quan triển khai thực hiện."
    text, agencies = read(words)
    found = opening(text, 0, len(words), agencies)
    assert found and found.actors.names() == ["Các sở, ban, ngành"]


def test_social_organisations_take_the_unit_of_the_agency_beside_them() -> None:
    words = "Hội Nông dân huyện Phú Khê và các tổ chức chính trị - xã hội huyện: Tuyên truyền"
    text, agencies = read(words, "Hội Nông dân huyện Phú Khê")
    found = opening(text, 0, len(words), agencies)
    assert found and found.actors.names()[1] == "Các tổ chức chính trị - xã hội huyện Phú Khê"


def test_bodies_that_only_accompany_are_dropped_beside_named_ones() -> None:
    words = "các cơ quan, đơn vị liên quan, Ủy ban nhân dân các xã, thị trấn"
    text, agencies = read(words, "Ủy ban nhân dân các xã, thị trấn")
    actors = actor_list(text, 0, len(words), agencies)
    assert actors and actors.names() == ["Ủy ban nhân dân các xã, thị trấn"]


def test_a_request_is_told_from_an_order() -> None:
    words = "Đề nghị Hội Nông dân huyện tuyên truyền"
    text, agencies = read(words, "Hội Nông dân huyện")
    found = opening(text, 0, len(words), agencies)
    assert found and found.request
