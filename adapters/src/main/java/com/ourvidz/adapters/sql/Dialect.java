package com.ourvidz.adapters.sql;

/** How databases differ, as far as it shows in our SQL. Everything else is written so that all of them understand it. */
enum Dialect {
    /** One writer at a time, which a transaction becomes when it begins: no row needs a lock of its own. */
    SQLITE("classpath:db/sqlite", "", "");

    private final String migrations;
    private final String lock;
    private final String lockNext;

    Dialect(String migrations, String lock, String lockNext) {
        this.migrations = migrations;
        this.lock = lock;
        this.lockNext = lockNext;
    }

    /** Where the migrations are that this database alone needs. */
    String migrations() {
        return migrations;
    }

    /** Ends a query whose rows must not change until the transaction is over. */
    String lock() {
        return lock;
    }

    /** Ends a query for rows to work on, passing over those that another transaction works on. */
    String lockNext() {
        return lockNext;
    }
}
