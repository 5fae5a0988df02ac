"""Chains of events, broken behind the program's back by the superuser in each way, are found broken."""

import json

import pytest

from server import Installation, wait_until

# A chain of four events or more, of which the third has details.
chain = """
    (select stream_id from tenancy.audit_events as third
     join tenancy.audit_details using (organization_id, event_id)
     where sequence = 3 and exists (
        select from tenancy.audit_events as later
        where later.stream_id = third.stream_id and later.sequence = 4)
     order by stream_id limit 1)
"""

# What the superuser does, the place of the first event that does not hold, and why.
breaches = {
    "details changed": (
        """update tenancy.audit_details set details = details || ' ' where event_id = (
            select event_id from tenancy.audit_events where stream_id = :stream and sequence = 3)""",
        3, "details"),
    "action changed": (
        "update tenancy.audit_events set action = 'otra.cosa' where stream_id = :stream and sequence = 3",
        3, "altered"),
    "time changed": (
        """update tenancy.audit_events set happened_at = happened_at + interval '1 day'
            where stream_id = :stream and sequence = 2""", 2, "altered"),
    "first event removed": (
        "delete from tenancy.audit_events where stream_id = :stream and sequence = 1", 1, "missing"),
    "last event removed": (
        """delete from tenancy.audit_events where stream_id = :stream and sequence = (
            select sequence from tenancy.audit_heads where stream_id = :stream)""", "last", "cut_off"),
    "two events swapped": (
        """create temporary table pair as
                select * from tenancy.audit_events where stream_id = :stream and sequence in (2, 3);
            delete from tenancy.audit_events where event_id in (select event_id from pair);
            update pair set sequence = 5 - sequence;
            insert into tenancy.audit_events select * from pair""", 2, "altered"),
    "head moved back": (
        "update tenancy.audit_heads set sequence = sequence - 1 where stream_id = :stream", "last", "head"),
    "end cut off with its head": (
        """delete from tenancy.audit_events where stream_id = :stream and sequence > 2;
            update tenancy.audit_heads as heads set sequence = 2, hash = events.hash
            from tenancy.audit_events as events
            where heads.stream_id = events.stream_id and heads.stream_id = :stream and events.sequence = 2""",
        3, "cut_off"),
    "chain removed": (
        """delete from tenancy.audit_events where stream_id = :stream;
            delete from tenancy.audit_heads where stream_id = :stream""", 1, "cut_off"),
}


@pytest.fixture(scope="module")
def audited():
    """An installation with events, its chains anchored, and copies of the tables that hold them."""
    made = Installation()
    made.demonstrate()
    made.start()
    # The server's first daily chores write events of their own; what is anchored here must be the end of the chains.
    wait_until(
        lambda: made.psql(
            """
            select count(*) = (select count(*) from catalogue.organizations) from tenancy.chores
            where chore = 'remind' and done_on is not null
            """,
            "superuser",
        ).stdout.strip() == "t",
        "the first daily chores",
    )
    made.run("audit", "anchor")
    for table in ["events", "details", "heads"]:
        made.psql(f"create table public.kept_{table} as select * from tenancy.audit_{table}", "superuser")
    # The foreign keys are in nobody's way who is above them; without them one statement does.
    made.psql(
        """
        alter table tenancy.audit_details drop constraint audit_details_event_fkey;
        alter table tenancy.audit_anchors drop constraint audit_anchors_event_fkey
        """,
        "superuser",
    )
    yield made
    made.remove()


def verify(installation, *arguments):
    ended = installation.run("audit", "verify", "--json", *arguments, check=False)
    return ended.returncode, json.loads(ended.stdout)


def test_untouched_chains_are_whole_and_anchored(audited):
    status, answer = verify(audited)
    assert status == 0
    assert answer["whole"] and answer["broken"] == 0 and answer["events"] > 10
    assert all(chain["links_since_anchor"] == 0 for chain in answer["chains"])
    # What lies beside the database proves nothing against whoever holds both.
    assert {chain["anchor_place"] for chain in answer["chains"]} == {"data_folder"}
    told = audited.run("audit", "verify").stdout
    assert "anclada (copia local)" in told and "--anchor ARCHIVO" in told
    told = audited.run("audit", "verify")
    assert "están completas" in told.stdout


@pytest.mark.parametrize("breach", breaches)
def test_a_broken_chain_is_named_with_its_first_broken_event(audited, breach):
    sql, sequence, fault = breaches[breach]
    stream = audited.psql(f"select {chain}", "superuser").stdout.strip()
    last = int(audited.psql(f"select sequence from tenancy.audit_heads where stream_id = '{stream}'", "superuser").stdout)
    audited.psql(sql.replace(":stream", f"'{stream}'"), "superuser")
    try:
        status, answer = verify(audited)
        assert status == 1 and not answer["whole"] and answer["broken"] == 1
        (found,) = [chain for chain in answer["chains"] if "first_break" in chain]
        assert found["stream"] == stream
        assert found["first_break"]["sequence"] == (last if sequence == "last" else sequence)
        assert found["first_break"]["fault"] == fault
        told = audited.run("audit", "verify", check=False)
        assert told.returncode == 1 and "cadenas rotas" in told.stdout and stream in told.stdout
    finally:
        for table in ["events", "details", "heads"]:
            audited.psql(
                f"""truncate tenancy.audit_{table} cascade;
                    insert into tenancy.audit_{table} select * from public.kept_{table}""",
                "superuser",
            )
    assert verify(audited)[0] == 0


def test_anchors_kept_elsewhere_are_compared(audited, tmp_path):
    kept = tmp_path / "anclas.jsonl"
    (folder,) = [audited.data / "anclas"]
    lines = [line for file in sorted(folder.glob("*.jsonl")) for line in file.read_text().splitlines()]
    kept.write_text("\n".join(lines) + "\n")
    status, answer = verify(audited, "--anchor", str(kept))
    assert status == 0 and {chain["anchor_place"] for chain in answer["chains"]} == {"outside"}
    assert "copia local" not in audited.run("audit", "verify", "--anchor", str(kept)).stdout
    forged = json.loads(lines[-1])
    forged["hash"] = "0" * 64
    kept.write_text(json.dumps(forged) + "\n")
    status, answer = verify(audited, "--anchor", str(kept))
    assert status == 1
    assert [chain["first_break"]["fault"] for chain in answer["chains"] if "first_break" in chain] == ["anchor"]
    kept.write_text("{}\n")
    refused = audited.run("audit", "verify", "--anchor", str(kept), check=False)
    assert refused.returncode == 1 and "línea 1" in refused.stderr


def test_nothing_new_makes_no_anchor(audited):
    assert json.loads(audited.run("audit", "anchor", "--json").stdout)["anchors"] == []
