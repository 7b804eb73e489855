package com.ourvidz.adapters.sql;

import com.ourvidz.adapters.ReferenceStoreContract;

class SqliteReferenceStoreTest extends SqliteFixture implements ReferenceStoreContract {}
