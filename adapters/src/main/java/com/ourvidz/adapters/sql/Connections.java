package com.ourvidz.adapters.sql;

import java.time.Duration;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.DataSourceConnectionFactory;
import org.apache.commons.dbcp2.PoolableConnection;
import org.apache.commons.dbcp2.PoolableConnectionFactory;
import org.apache.commons.dbcp2.PoolingDataSource;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;

/**
 * Connections that stay open, and with them what they have prepared: SQLite's driver compiles a statement each time that it is prepared, which
 * takes longer than most statements do.
 */
final class Connections {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** More than there are in the code. */
    private static final int STATEMENTS = 500;

    private Connections() {}

    /** @param most are open at once; who needs another one waits */
    static PoolingDataSource<PoolableConnection> to(DataSource source, int most) {
        var factory = new PoolableConnectionFactory(new DataSourceConnectionFactory(source), null);
        factory.setPoolStatements(true);
        factory.setMaxOpenPreparedStatements(STATEMENTS);
        var config = new GenericObjectPoolConfig<PoolableConnection>();
        config.setMaxTotal(most);
        config.setMaxIdle(most);
        config.setMaxWait(PATIENCE);
        config.setJmxEnabled(false);
        var pool = new GenericObjectPool<>(factory, config);
        factory.setPool(pool);
        return new PoolingDataSource<>(pool);
    }
}
