package com.ourvidz.adapters.sql;

import com.ourvidz.adapters.JobStoreContract;

class SqliteJobStoreTest extends SqliteFixture implements JobStoreContract {}
