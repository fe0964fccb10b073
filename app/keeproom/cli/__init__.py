"""The use-cases without a screen: one module a command, all as the contract of the command line says."""

from __future__ import annotations

from keeproom.commands import Command

COMMANDS = (
    Command("import", "bring files and folders into the library", "keeproom.cli.import_files"),
    Command("list", "list assets", "keeproom.cli.list_assets"),
    Command("count", "count assets", "keeproom.cli.count_assets"),
    Command("show", "show all that is known of one asset", "keeproom.cli.show_asset"),
    Command("cat", "write an asset's bytes to standard output", "keeproom.cli.cat"),
    Command("thumbnail", "write an asset's thumbnail to standard output", "keeproom.cli.thumbnail"),
    Command("export", "write assets' original bytes into a folder", "keeproom.cli.export"),
    Command("edit", "state facts and tags of assets", "keeproom.cli.edit"),
    Command("tags", "list tags", "keeproom.cli.list_tags"),
    Command("tag", "rename, merge and delete tags", "keeproom.cli.tag"),
    Command("collections", "list collections", "keeproom.cli.list_collections"),
    Command("collect", "put assets in a collection, or save a search as one", "keeproom.cli.collect"),
    Command("collection", "rename and delete collections, and put them in order", "keeproom.cli.collection"),
    Command("stack", "make one group of assets", "keeproom.cli.stack"),
    Command("unstack", "take groups apart", "keeproom.cli.unstack"),
    Command("cover", "show a group by another of its members", "keeproom.cli.cover"),
    Command("trash", "hide assets until they are restored", "keeproom.cli.trash"),
    Command("restore", "bring assets back out of the trash", "keeproom.cli.restore"),
    Command("jobs", "look at the queue, and steer it", "keeproom.cli.jobs"),
    Command("work", "work on the queue without a window", "keeproom.cli.work"),
    Command("verify", "read every stored file again", "keeproom.cli.verify"),
    Command("stats", "tell what the library holds", "keeproom.cli.stats"),
    Command("doctor", "tell what this installation has and lacks", "keeproom.cli.doctor"),
)
