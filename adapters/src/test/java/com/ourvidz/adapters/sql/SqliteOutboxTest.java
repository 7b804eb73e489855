package com.ourvidz.adapters.sql;

import com.ourvidz.adapters.OutboxContract;

class SqliteOutboxTest extends SqliteFixture implements OutboxContract {}
