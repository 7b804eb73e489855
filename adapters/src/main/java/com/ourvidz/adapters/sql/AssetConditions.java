package com.ourvidz.adapters.sql;

import com.ourvidz.core.asset.AssetFilter;
import com.ourvidz.core.catalog.JobType;
import java.time.Instant;

/** The published assets with what their jobs say of them, and which of these a filter leaves. */
final class AssetConditions {

    /** Table and condition of a query; more conditions may follow. */
    static final String LISTED = """
            (SELECT assets.*, jobs.prompt, jobs.seed, jobs.project_id
               FROM assets JOIN jobs ON jobs.id = assets.job_id) AS listed
             WHERE state = 'published'""";

    private AssetConditions() {}

    static Condition of(String userId, AssetFilter filter) {
        return Condition.of(LISTED + " AND user_id = :user")
                .with("user", userId)
                .andIf("bucket = :bucket", "bucket", filter.type().map(JobType::bucket))
                .andIf("media_type LIKE :kind", "kind", filter.kind().map(kind -> kind.id() + "/%"))
                .andIf("job_id = :job", "job", filter.jobId().map(Object::toString))
                .andIf("project_id = :project", "project", filter.projectId())
                .andIf("created_at >= :from", "from", filter.from().map(Instant::toEpochMilli))
                .andIf("created_at < :to", "to", filter.to().map(Instant::toEpochMilli))
                .andIf("favourite = :favourite", "favourite", filter.favourite().map(wanted -> wanted ? 1 : 0))
                .andIf(
                        "LOWER(prompt) LIKE LOWER(:text) ESCAPE '!'",
                        "text",
                        filter.text().map(AssetConditions::within));
    }

    /** The text anywhere; what means something in a pattern stands for itself. */
    private static String within(String text) {
        return "%" + text.replaceAll("[!%_]", "!$0") + "%";
    }
}
