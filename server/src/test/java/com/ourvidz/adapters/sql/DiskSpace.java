package com.ourvidz.adapters.sql;

/** How far a database may grow: SQLite itself then says that the disk is full. */
public final class DiskSpace {

    private static final int PLENTY = 1_000_000;

    private DiskSpace() {}

    public static void none(Database database) {
        limitPages(database, 1); // which SQLite takes for: no more than there are
    }

    public static void plenty(Database database) {
        limitPages(database, PLENTY);
    }

    private static void limitPages(Database database, int most) {
        database.transaction(transaction -> transaction
                .sql("PRAGMA max_page_count = " + most)
                .query(Long.class)
                .single());
    }
}
