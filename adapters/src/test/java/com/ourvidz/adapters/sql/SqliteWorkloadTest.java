package com.ourvidz.adapters.sql;

import com.ourvidz.adapters.WorkloadContract;
import com.ourvidz.core.estimate.Workload;

class SqliteWorkloadTest extends SqliteFixture implements WorkloadContract {

    @Override
    public Workload testee() {
        return new SqlWorkload(database);
    }
}
