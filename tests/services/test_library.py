"""Lists that can be paged, filtered and searched."""

from datetime import timedelta

import pytest

from backend.errors import InvalidInput
from backend.models import EventType, Project, StageStatus, Status, Take
from backend.pipeline.artifacts import StageName
from backend.services import library, making, projects
from backend.services.platform import Platform
from backend.services.projects import StartSong
from tests.fixtures.engine import ALICE, BOB, look
from tests.services.making_up import claimed

pytestmark = pytest.mark.api


@pytest.fixture
async def ids(platform: Platform) -> list[str]:
    """Make seven projects, newest first, of which some were made in the same instant."""
    made = [await projects.start(platform, ALICE, StartSong(f"song number {n}")) for n in range(7)]
    same = made[0].created_at
    async with platform.database.write() as work:
        for place, one in enumerate(made):
            row = await work.session.get(type(one), one.id)
            assert row is not None
            row.created_at = same + timedelta(seconds=place // 3)
            made[place] = row
    await projects.start(platform, BOB, StartSong("somebody else's song"))
    ordered = sorted(made, key=lambda one: (one.created_at, one.id), reverse=True)
    return [one.id for one in ordered]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
async def test_pages_give_everything_once_and_in_order(
    platform: Platform, ids: list[str], size: int
) -> None:
    seen: list[str] = []
    after = None
    while True:
        page = await library.projects(platform, ALICE, first=size, after=after)
        assert page.total_count == 7
        seen += [item.id for item in page.items]
        if not page.has_next_page:
            break
        after = page.cursors[-1]
    assert seen == ids


async def test_lists_can_be_filtered_and_searched(platform: Platform, ids: list[str]) -> None:
    await projects.cancel(platform, ALICE, ids[2])
    cancelled = await library.projects(platform, ALICE, status=Status.CANCELLED)
    assert [item.id for item in cancelled.items] == [ids[2]]
    found = await library.projects(platform, ALICE, search="NUMBER song 3")
    assert [item.prompt for item in found.items] == ["song number 3"]
    for wild in ("%", "_", "\\"):
        assert (await library.projects(platform, ALICE, search=wild)).total_count == 0


TITLES = ["zebra", "Ärger", "apple", "Apple", "b: c", "apple", "Zug"]
SECONDS = [61.5, None, 30.1, 61.5, 600.0, 1 / 3, None]


async def name(platform: Platform, ids: list[str]) -> None:
    """Give every project a title, and a take of a length where there is one."""
    async with platform.database.write() as work:
        for project_id, title, seconds in zip(ids, TITLES, SECONDS, strict=True):
            project = await work.session.get(Project, project_id)
            assert project is not None
            project.title = title
            take = await work.session.get(Take, project.current_take_id)
            assert take is not None
            take.duration_seconds = seconds


async def all_pages(platform: Platform, order: library.ProjectOrder, size: int) -> list[Project]:
    """Return everything that ALICE has, page by page."""
    seen: list[Project] = []
    after = None
    while True:
        page = await library.projects(platform, ALICE, first=size, after=after, order=order)
        seen += page.items
        if not page.has_next_page:
            return seen
        after = page.cursors[-1]


@pytest.mark.parametrize("size", [1, 2, 100])
async def test_lists_come_in_the_order_that_is_asked_for(
    platform: Platform, ids: list[str], size: int
) -> None:
    await name(platform, ids)
    order = library.ProjectOrder
    newest = await all_pages(platform, order.NEWEST, size)
    oldest = await all_pages(platform, order.OLDEST, size)
    assert [one.id for one in newest] == ids == [one.id for one in reversed(oldest)]

    longest = [one.id for one in await all_pages(platform, order.LENGTH, size)]
    lengths = dict(zip(ids, SECONDS, strict=True))
    found = [lengths[one] or 0.0 for one in longest]
    assert sorted(longest) == sorted(ids)
    assert found == sorted(found, reverse=True)

    titled = await all_pages(platform, order.TITLE, size)
    assert sorted(one.id for one in titled) == sorted(ids)
    plain = [one.title.lower() for one in titled if one.title.isascii()]
    assert plain == sorted(plain)


async def test_a_page_goes_on_where_it_stood_when_its_last_song_is_gone(
    platform: Platform, ids: list[str]
) -> None:
    await name(platform, ids)
    for order in library.ProjectOrder:
        before = [one.id for one in await all_pages(platform, order, 100)]
        page = await library.projects(platform, ALICE, first=2, order=order)
        await projects.delete(platform, ALICE, before[1])
        rest = await library.projects(platform, ALICE, after=page.cursors[-1], order=order)
        assert [one.id for one in rest.items] == before[2:]


@pytest.mark.parametrize("order", list(library.ProjectOrder))
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_cursors_of_nowhere_are_refused_in_every_order(
    platform: Platform, order: library.ProjectOrder
) -> None:
    with pytest.raises(InvalidInput) as refused:
        await library.projects(platform, ALICE, after="bmFu", order=order)
    assert refused.value.field == "after"


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("first", {"first": 0}),
        ("first", {"first": 101}),
        ("after", {"after": "nonsense"}),
        ("search", {"search": "x" * 201}),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_no_list_can_answer_is_refused(
    platform: Platform, field: str, wrong: dict[str, object]
) -> None:
    with pytest.raises(InvalidInput) as refused:
        await library.projects(platform, ALICE, **wrong)  # type: ignore[arg-type]
    assert refused.value.field == field


async def test_loaders_group_what_belongs_together(platform: Platform, ids: list[str]) -> None:
    found = await library.projects_by_id(platform, ALICE, [*ids[:2], "no-such-id"])
    assert set(found) == set(ids[:2])
    assert await library.projects_by_id(platform, BOB, ids) == {}
    taken = await library.takes_of(platform, [ids[0], "no-such-id"])
    assert [len(takes) for takes in taken.values()] == [1, 0]
    take = taken[ids[0]][0]
    assert set(await library.takes(platform, [take.id])) == {take.id}
    stages = (await library.stages_of(platform, [take.id]))[take.id]
    assert [stage.name for stage in stages] == list(StageName)


async def test_events_can_be_paged(platform: Platform, ids: list[str]) -> None:
    project = await library.project(platform, ALICE, ids[0])
    assignment = await claimed(platform, project)
    await making.begin_stage(platform, assignment.run, StageName.PLANNING)
    for step in range(4):
        await making.report_progress(
            platform, assignment.run, StageName.PLANNING, step / 4, f"step {step}"
        )
    page = await library.events(platform, ALICE, project.id, first=3)
    assert (page.cursors, page.has_next_page, page.total_count) == (("1", "2", "3"), True, 5)
    rest = await library.events(platform, ALICE, project.id, after=int(page.cursors[-1]))
    assert [event.message for event in rest.items] == ["step 2", "step 3"]
    assert page.items[0].type is EventType.STAGE_STARTED


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_progress_and_stage_come_from_the_stages(platform: Platform, ids: list[str]) -> None:
    _, _, stages = await look(platform, ids[0])
    assert library.progress_of(stages) == 0
    assert library.current_stage_of(stages) == "planning"
    done = [stage._replace(progress=1.0, status=StageStatus.COMPLETED) for stage in stages]
    assert library.progress_of(done) == 1
    assert library.current_stage_of(done) is None
