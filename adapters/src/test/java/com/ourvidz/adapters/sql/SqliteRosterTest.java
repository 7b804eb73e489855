package com.ourvidz.adapters.sql;

import com.ourvidz.adapters.RosterContract;
import com.ourvidz.core.worker.Roster;

class SqliteRosterTest extends SqliteFixture implements RosterContract {

    @Override
    public Roster testee() {
        return roster();
    }
}
