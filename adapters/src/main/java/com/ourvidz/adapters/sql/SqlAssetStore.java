package com.ourvidz.adapters.sql;

import static java.util.stream.Collectors.toMap;

import com.ourvidz.core.Fence;
import com.ourvidz.core.Outline;
import com.ourvidz.core.Page;
import com.ourvidz.core.Usage;
import com.ourvidz.core.asset.Asset;
import com.ourvidz.core.asset.AssetFilter;
import com.ourvidz.core.asset.AssetStore;
import com.ourvidz.core.asset.ListedAsset;
import com.ourvidz.core.catalog.JobType;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of assets in SQL. The job store publishes and dooms them together with their job. */
public final class SqlAssetStore implements AssetStore {

    private static final String PUBLISHED = "published";

    private final Database database;
    private final InstantSource clock;
    private final ObjectRows<Asset> rows;
    private final SteadyClock leaseClock;

    public SqlAssetStore(Database database, InstantSource clock, SteadyClock leaseClock) {
        this.database = database;
        this.clock = clock;
        this.rows = new ObjectRows<>(database, "assets", PUBLISHED, Rows::asset);
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
                                                media_type, bytes, thumbnail_bytes, created_at, state)
                            SELECT :id, id, attempt, :index, user_id, :bucket, :objectKey,
                                   :mediaType, :bytes, :thumbnailBytes, :createdAt, 'staged'
                              FROM jobs WHERE %s
                             ON CONFLICT (id) DO UPDATE
                                SET bytes = excluded.bytes, thumbnail_bytes = excluded.thumbnail_bytes
                              WHERE assets.state = 'staged'""").update() == 1;
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
                .param("thumbnailBytes", asset.thumbnailBytes())
                .param("createdAt", asset.createdAt().toEpochMilli());
    }

    @Override
    public Optional<Asset> staged(Fence fence, int index) {
        var held = Condition.held(fence);
        return database.read()
                .sql("""
                        SELECT * FROM assets
                         WHERE job_id = :job AND attempt = :attempt AND asset_index = :index AND state = 'staged'
                           AND job_id IN (SELECT id FROM jobs WHERE %s)""".formatted(held.sql()))
                .params(held.parameters())
                .param("leaseTime", leaseClock.millis())
                .param("index", index)
                .query(Rows::asset)
                .optional();
    }

    @Override
    public Page<ListedAsset> list(String userId, AssetFilter filter, Optional<Page.Cursor> after, int limit) {
        return Paging.page(
                database.read(),
                AssetConditions.of(userId, filter),
                after,
                limit,
                Rows::listedAsset,
                listed -> new Page.Cursor(
                        listed.asset().createdAt(), listed.asset().id()));
    }

    @Override
    public Outline outline(String userId, AssetFilter filter, int pageSize) {
        return Paging.outline(database.read(), AssetConditions.of(userId, filter), pageSize);
    }

    @Override
    public Optional<ListedAsset> findPublished(UUID id) {
        return database.read()
                .sql("SELECT * FROM " + AssetConditions.LISTED + " AND id = :id")
                .param("id", id.toString())
                .query(Rows::listedAsset)
                .optional();
    }

    @Override
    public List<ListedAsset> find(Collection<UUID> ids, String userId) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return database.read()
                .sql("SELECT * FROM " + AssetConditions.LISTED + " AND id IN (:ids) AND user_id = :user")
                .param("ids", ids.stream().map(UUID::toString).toList())
                .param("user", userId)
                .query(Rows::listedAsset)
                .list();
    }

    @Override
    public boolean prefer(UUID id, String userId, boolean favourite) {
        return database.transaction(transaction -> transaction
                        .sql("""
                                UPDATE assets SET favourite = :favourite
                                 WHERE id = :id AND user_id = :user AND state = 'published'""")
                        .param("favourite", favourite ? 1 : 0)
                        .param("id", id.toString())
                        .param("user", userId)
                        .update()
                == 1);
    }

    @Override
    public Map<AssetFilter.Kind, Usage> usage(String userId) {
        return database
                .read()
                .sql("""
                        SELECT bucket, COUNT(*) AS count, SUM(bytes + thumbnail_bytes) AS bytes FROM assets
                         WHERE user_id = :user AND state = 'published' GROUP BY bucket""")
                .param("user", userId)
                .query((row, number) -> Map.entry(
                        AssetFilter.Kind.of(JobType.of(row.getString("bucket")).orElseThrow()),
                        new Usage(row.getLong("count"), row.getLong("bytes"))))
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue, Usage::plus));
    }

    @Override
    public List<Asset> doom(Collection<UUID> ids, String userId) {
        return rows.doom(ids, userId);
    }

    @Override
    public List<Asset> doomed(int limit) {
        return database.read()
                .sql("""
                        SELECT * FROM assets
                         WHERE state = 'doomed' AND (swept = 0 OR created_at < :abandoned)
                         ORDER BY created_at, id LIMIT :limit""")
                .param("abandoned", abandoned())
                .param("limit", limit)
                .query(Rows::asset)
                .list();
    }

    @Override
    public void forget(UUID id) {
        var late = database.transaction(transaction -> transaction
                .sql("UPDATE assets SET swept = 1 WHERE id = :id AND state = 'doomed' AND created_at >= :abandoned")
                .param("id", id.toString())
                .param("abandoned", abandoned())
                .update());
        if (late == 0) {
            rows.forget(id);
        }
    }

    private long abandoned() {
        return clock.instant().minus(ObjectRows.ABANDONED).toEpochMilli();
    }
}
