package com.ourvidz.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.adapters.sql.SqlJobStore;
import com.ourvidz.adapters.sql.SqlLedger;
import com.ourvidz.core.Fence;
import com.ourvidz.core.account.AccountStore;
import com.ourvidz.core.asset.Asset;
import com.ourvidz.core.asset.AssetStore;
import com.ourvidz.core.catalog.JobType;
import com.ourvidz.core.catalog.Queue;
import com.ourvidz.core.job.Job;
import com.ourvidz.core.job.JobOrder;
import com.ourvidz.core.job.JobState;
import com.ourvidz.core.job.JobStore;
import com.ourvidz.core.money.LedgerEntry;
import com.ourvidz.core.reference.ReferenceStore;
import com.ourvidz.core.webhook.WebhookStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** The stores of one backend, and the words in which the contracts speak of them. */
public interface StoreFixture {

    String ANN = "ann";
    String BOB = "bob";
    JobStore.Limits LIMITS = new JobStore.Limits(1000, 100);
    SqlJobStore.Settings SETTINGS = new SqlJobStore.Settings(Duration.ofSeconds(60), Duration.ofMinutes(15), 3, 100);
    Duration PAST_LEASE = SETTINGS.lease().plusMillis(1);

    JobStore jobs();

    AssetStore assets();

    ReferenceStore references();

    WebhookStore webhooks();

    SqlLedger ledger();

    AccountStore accounts();

    SettableClock clock();

    static JobOrder order(int numImages, long price) {
        return order(JobType.SDXL_IMAGE_FAST, numImages, price);
    }

    static JobOrder order(JobType type, int numImages, long price) {
        return new JobOrder(
                type,
                "a red lighthouse by the sea",
                Optional.empty(),
                numImages,
                7,
                price,
                List.of(),
                Map.of(),
                new JobOrder.ClientIds(Optional.empty(), Optional.empty(), Optional.empty()),
                List.of());
    }

    /** An accepted job of one image for one credit. Time goes on a little, so that jobs have an order. */
    default Job accepted(String user) {
        return accepted(user, order(1, 1));
    }

    default Job accepted(String user, JobOrder order) {
        clock().advance(Duration.ofMillis(1));
        return jobs().accept(user, order, Optional.empty(), LIMITS).job();
    }

    default Fence claimed() {
        return claimed("worker");
    }

    default Fence claimed(String worker) {
        return jobs().claim(Queue.SDXL_QUEUE, worker).orElseThrow().fence();
    }

    /** An asset of the attempt, uploaded in full. */
    default Asset staged(Fence fence, int index) {
        var asset = asset(fence, index, 1000 + index);
        assertThat(assets().stage(fence, asset)).isTrue();
        return asset;
    }

    default Asset asset(Fence fence, int index, long bytes) {
        var key = "sdxl_image_fast/%s/%d/%d.png".formatted(fence.jobId(), fence.attempt(), index);
        return new Asset(
                UUID.randomUUID(),
                fence.jobId(),
                ANN,
                "sdxl_image_fast",
                index,
                key,
                "image/png",
                bytes,
                0,
                clock().instant());
    }

    default List<UUID> stagedAll(Fence fence, int count) {
        return IntStream.range(0, count)
                .mapToObj(index -> staged(fence, index).id())
                .toList();
    }

    default boolean completed(Fence fence, List<UUID> assets) {
        return jobs().complete(fence, assets, Map.of());
    }

    /** A job of Ann's that is done, with one asset. */
    default Job done() {
        var job = accepted(ANN);
        var fence = claimed();
        assertThat(completed(fence, stagedAll(fence, 1))).isTrue();
        return found(job);
    }

    default Job found(Job job) {
        return jobs().find(job.id(), job.userId()).orElseThrow();
    }

    default JobState.Status status(Job job) {
        return found(job).state().status();
    }

    default JobState.Failed failure(Job job) {
        return (JobState.Failed) found(job).state();
    }

    /** The sum of the job's entries: its price, negative, when it is charged, and 0 when it is paid back. */
    default long paid(Job job) {
        return ledger().entries(job.userId()).stream()
                .filter(entry -> entry.businessKey().endsWith(job.id().toString()))
                .mapToLong(LedgerEntry::amount)
                .sum();
    }

    default void assertMoneyAddsUp() {
        assertThat(ledger().discrepancies()).isEmpty();
    }
}
