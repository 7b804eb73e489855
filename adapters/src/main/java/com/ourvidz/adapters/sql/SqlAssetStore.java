package com.ourvidz.adapters.sql;

import com.ourvidz.core.Fence;
import com.ourvidz.core.Page;
import com.ourvidz.core.asset.Asset;
import com.ourvidz.core.asset.AssetStore;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of assets in SQL. The job store publishes and dooms them together with their job. */
public final class SqlAssetStore implements AssetStore {

    private final Database database;
    private final SteadyClock leaseClock;

    public SqlAssetStore(Database database, SteadyClock leaseClock) {
        this.database = database;
        this.leaseClock = leaseClock;
    }

    @Override
    public boolean stage(Fence fence, Asset asset) {
        return database.transaction(transaction -> {
            statement(transaction, fence, asset, """
                    UPDATE assets SET state = 'doomed'
                     WHERE job_id = :job AND attempt = :attempt AND asset_index = :index AND state = 'staged'
                       AND NOT EXISTS (SELECT 1 FROM assets AS same WHERE same.id = :id)
                       AND EXISTS (SELECT 1 FROM jobs WHERE %s)""").update();
            return statement(transaction, fence, asset, """
                            INSERT INTO assets (id, job_id, attempt, asset_index, user_id, bucket, object_key,
                                                media_type, bytes, created_at, state)
                            SELECT :id, id, attempt, :index, user_id, :bucket, :objectKey,
                                   :mediaType, :bytes, :createdAt, 'staged'
                              FROM jobs WHERE %s
                             ON CONFLICT (id) DO UPDATE SET bytes = excluded.bytes WHERE assets.state = 'staged'""").update() == 1;
        });
    }

    /** {@code sql} with the fence's condition on {@code jobs} in its place, locked until the transaction ends. */
    private JdbcClient.StatementSpec statement(JdbcClient transaction, Fence fence, Asset asset, String sql) {
        var held = Condition.held(fence);
        return transaction
                .sql(sql.formatted(held.sql() + " " + database.dialect().lock()))
                .params(held.parameters())
                .param("leaseTime", leaseClock.millis())
                .param("id", asset.id().toString())
                .param("index", asset.index())
                .param("bucket", asset.bucket())
                .param("objectKey", asset.objectKey())
                .param("mediaType", asset.mediaType())
                .param("bytes", asset.bytes())
                .param("createdAt", asset.createdAt().toEpochMilli());
    }

    @Override
    public Page<Asset> list(String userId, Optional<Page.Cursor> after, int limit) {
        return Paging.page(
                database.read(),
                "assets WHERE state = 'published' AND user_id = :user",
                userId,
                after,
                limit,
                Rows::asset,
                asset -> new Page.Cursor(asset.createdAt(), asset.id()));
    }

    @Override
    public Optional<Asset> findPublished(UUID id) {
        return database.read()
                .sql("SELECT * FROM assets WHERE id = :id AND state = 'published'")
                .param("id", id.toString())
                .query(Rows::asset)
                .optional();
    }

    @Override
    public Optional<Asset> doom(UUID id, String userId) {
        return database.transaction(transaction -> transaction
                .sql("""
                        UPDATE assets SET state = 'doomed'
                         WHERE id = :id AND user_id = :user AND state = 'published' RETURNING *""")
                .param("id", id.toString())
                .param("user", userId)
                .query(Rows::asset)
                .optional());
    }

    @Override
    public List<Asset> doomed(int limit) {
        return database.read()
                .sql("SELECT * FROM assets WHERE state = 'doomed' ORDER BY created_at, id LIMIT :limit")
                .param("limit", limit)
                .query(Rows::asset)
                .list();
    }

    @Override
    public void forget(UUID id) {
        database.transaction(transaction -> transaction
                .sql("DELETE FROM assets WHERE id = :id AND state = 'doomed'")
                .param("id", id.toString())
                .update());
    }
}
