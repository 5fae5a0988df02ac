-- 0241 · governance · what hangs on a letter or a campaign is reserved as it is
-- A file that was added to a letter while the board shared it stayed reserved: it belonged to a letter that everybody saw,
-- was hidden from the office, and could not be shared again. What hangs on one repeats its mark, and a key that is checked
-- at commit keeps it equal, as with oversight exercises.
-- Locks: letters and campaigns with what hangs on them, while their rows are compared. Undo: a later migration.

update governance.letter_addressees as named set is_reserved = letters.is_reserved
from governance.letters
where letters.organization_id = named.organization_id and letters.letter_id = named.letter_id
    and letters.is_reserved <> named.is_reserved;

-- The files go first: they are found by the mark that is mended below.
update tenancy.files set is_reserved = letters.is_reserved
from governance.letter_files as kept
join governance.letters on letters.organization_id = kept.organization_id and letters.letter_id = kept.letter_id
where files.organization_id = kept.organization_id and files.file_id = kept.file_id
    and kept.is_reserved and not letters.is_reserved;

update governance.letter_files as kept set is_reserved = letters.is_reserved
from governance.letters
where letters.organization_id = kept.organization_id and letters.letter_id = kept.letter_id
    and letters.is_reserved <> kept.is_reserved;

update tenancy.files set is_reserved = campaigns.is_reserved
from governance.campaign_pieces as pieces
join governance.campaigns on campaigns.organization_id = pieces.organization_id
    and campaigns.campaign_id = pieces.campaign_id
where files.organization_id = pieces.organization_id and files.file_id = pieces.file_id
    and pieces.is_reserved and not campaigns.is_reserved;

update governance.campaign_pieces as pieces set is_reserved = campaigns.is_reserved
from governance.campaigns
where campaigns.organization_id = pieces.organization_id and campaigns.campaign_id = pieces.campaign_id
    and campaigns.is_reserved <> pieces.is_reserved;

alter table governance.letters
    add constraint letters_reserve_key unique (organization_id, letter_id, alliance_id, is_reserved);
alter table governance.letter_addressees
    drop constraint letter_addressees_letter_fkey,
    add constraint letter_addressees_letter_fkey foreign key (organization_id, letter_id, alliance_id, is_reserved)
        references governance.letters (organization_id, letter_id, alliance_id, is_reserved)
        deferrable initially deferred;
alter table governance.letter_files
    drop constraint letter_files_letter_fkey,
    add constraint letter_files_letter_fkey foreign key (organization_id, letter_id, alliance_id, is_reserved)
        references governance.letters (organization_id, letter_id, alliance_id, is_reserved)
        deferrable initially deferred;

alter table governance.campaigns
    add constraint campaigns_reserve_key unique (organization_id, campaign_id, alliance_id, is_reserved);
alter table governance.campaign_pieces
    drop constraint campaign_pieces_campaign_fkey,
    add constraint campaign_pieces_campaign_fkey foreign key (organization_id, campaign_id, alliance_id, is_reserved)
        references governance.campaigns (organization_id, campaign_id, alliance_id, is_reserved)
        deferrable initially deferred;
