package com.ourvidz.adapters.sql;

import com.ourvidz.adapters.AssetStoreContract;

class SqliteAssetStoreTest extends SqliteFixture implements AssetStoreContract {}
