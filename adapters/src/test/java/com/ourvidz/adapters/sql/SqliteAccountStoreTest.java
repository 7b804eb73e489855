package com.ourvidz.adapters.sql;

import com.ourvidz.adapters.AccountStoreContract;

class SqliteAccountStoreTest extends SqliteFixture implements AccountStoreContract {}
