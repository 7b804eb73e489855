package com.ourvidz.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.core.Fence;
import com.ourvidz.core.Outline;
import com.ourvidz.core.Usage;
import com.ourvidz.core.asset.Asset;
import com.ourvidz.core.asset.AssetFilter;
import com.ourvidz.core.asset.AssetFilter.Kind;
import com.ourvidz.core.asset.ListedAsset;
import com.ourvidz.core.catalog.JobType;
import com.ourvidz.core.job.JobOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a store of assets promises. */
public interface AssetStoreContract extends StoreFixture {

    @Test
    default void whatIsStagedIsSeenByNoOneUntilTheJobCompletes() {
        accepted(ANN);
        var fence = claimed();
        var asset = staged(fence, 0);
        assertThat(assets().findPublished(asset.id())).isEmpty();
        assertThat(listed(ANN)).isEmpty();
        assertThat(assets().doom(List.of(asset.id()), ANN)).isEmpty();

        completed(fence, List.of(asset.id()));

        assertThat(assets().findPublished(asset.id())).map(ListedAsset::asset).contains(asset);
        assertThat(listed(ANN)).containsExactly(asset);
    }

    @Test
    default void stagingNeedsTheLease() {
        accepted(ANN);
        var fence = claimed();
        var guess = new Fence(fence.jobId(), fence.attempt(), "guess");

        assertThat(assets().stage(guess, asset(guess, 0, 1))).isFalse();
        jobs().release(fence);
        assertThat(assets().stage(fence, asset(fence, 0, 1))).isFalse();
        assertThat(assets().doomed(10)).isEmpty();
    }

    @Test
    default void anAssetIsStagedBeforeItsBytesArriveAndAgainWhenTheyAreThere() {
        accepted(ANN);
        var fence = claimed();
        var begun = asset(fence, 0, 0);

        assertThat(assets().stage(fence, begun)).isTrue();
        assertThat(assets().stage(fence, begun.ofLength(500))).isTrue();

        assertThat(completed(fence, List.of(begun.id()))).isTrue();
        assertThat(assets().findPublished(begun.id()))
                .map(listed -> listed.asset().bytes())
                .contains(500L);
    }

    @Test
    default void aSecondUploadOfAnIndexReplacesTheFirst() {
        accepted(ANN);
        var fence = claimed();
        var first = staged(fence, 0);
        var second = staged(fence, 0);

        assertThat(completed(fence, List.of(first.id()))).isFalse();
        assertThat(completed(fence, List.of(second.id()))).isTrue();
        assertThat(listed(ANN)).containsExactly(second);
    }

    @Test
    default void anUploadThatWasReplacedMeanwhileIsDoomedAndHasNoSay() {
        accepted(ANN);
        var fence = claimed();
        var slow = asset(fence, 0, 0);
        assets().stage(fence, slow);
        var quick = staged(fence, 0);

        assertThat(assets().stage(fence, slow.ofLength(500))).isFalse();

        assertThat(assets().doomed(10)).containsExactly(slow);
        assertThat(completed(fence, List.of(quick.id()))).isTrue();
    }

    @Test
    default void pagesRunFromNewestToOldestAndEndWithTheLast() {
        var assets = Stream.generate(() -> done().assets().getFirst()).limit(3).toList();

        var first = assets().list(ANN, AssetFilter.all(), Optional.empty(), 2);
        done();
        var second = assets().list(ANN, AssetFilter.all(), first.next(), 2);

        assertThat(first.items()).extracting(ListedAsset::asset).containsExactly(assets.get(2), assets.get(1));
        assertThat(second.items()).extracting(ListedAsset::asset).containsExactly(assets.get(0));
        assertThat(second.next()).isEmpty();
    }

    @Test
    default void anOutlineTellsTheLengthAndWhereEachPageBegins() {
        var made = Stream.generate(this::done).limit(5).toList().reversed();

        var outline = assets().outline(ANN, AssetFilter.all(), 2);

        assertThat(outline.count()).isEqualTo(5);
        assertThat(outline.ends()).hasSize(2);
        assertThat(outline.ends())
                .flatExtracting(end -> assets().list(ANN, AssetFilter.all(), Optional.of(end), 2)
                        .items())
                .extracting(listed -> listed.asset().jobId())
                .containsExactly(made.get(2).id(), made.get(3).id(), made.get(4).id());
        assertThat(assets().outline(BOB, AssetFilter.all(), 2)).isEqualTo(new Outline(0, List.of()));
        assertThat(assets().outline(ANN, AssetFilter.ofJob(made.getFirst().id()), 2))
                .isEqualTo(new Outline(1, List.of()));
    }

    @Test
    default void line11AnotherUsersAssetCannotBeDeletedOrListed() {
        var asset = done().assets().getFirst();

        assertThat(assets().doom(List.of(asset.id()), BOB)).isEmpty();
        assertThat(listed(BOB)).isEmpty();
        assertThat(assets().findPublished(asset.id())).isPresent();
    }

    @Test
    default void aDoomedAssetIsGoneForAllAndRememberedUntilItsBytesAreGone() {
        var job = done();
        var asset = job.assets().getFirst();

        assertThat(assets().doom(List.of(asset.id()), ANN)).containsExactly(asset);

        assertThat(assets().doom(List.of(asset.id()), ANN)).isEmpty();
        assertThat(assets().findPublished(asset.id())).isEmpty();
        assertThat(listed(ANN)).isEmpty();
        assertThat(found(job).assets()).isEmpty();
        assertThat(assets().doomed(10)).containsExactly(asset);
        assets().forget(asset.id());
        assertThat(assets().doomed(10)).isEmpty();
    }

    @Test
    default void aYoungDoomedAssetIsNamedOnceMoreForWhatAnUploadMayHaveLeft() {
        var asset = done().assets().getFirst();
        assets().doom(List.of(asset.id()), ANN);
        assets().forget(asset.id());

        clock().advance(Duration.ofMinutes(61));

        assertThat(assets().doomed(10)).containsExactly(asset);
        assets().forget(asset.id());
        assertThat(assets().doomed(10)).isEmpty();
        clock().advance(Duration.ofMinutes(61));
        assertThat(assets().doomed(10)).isEmpty();
    }

    @Test
    default void onlyDoomedAssetsAreForgotten() {
        var asset = done().assets().getFirst();

        assets().forget(asset.id());

        assertThat(assets().findPublished(asset.id())).isPresent();
    }

    @Test
    default void doomedAssetsComeOldestFirstAndNoMoreThanAsked() {
        var assets = Stream.generate(() -> done().assets().getFirst()).limit(3).toList();
        assets.reversed().forEach(asset -> assets().doom(List.of(asset.id()), ANN));

        assertThat(assets().doomed(2)).containsExactly(assets.get(0), assets.get(1));
    }

    @Test
    default void aThumbnailIsNotedBesideItsAssetAndPublishedWithIt() {
        accepted(ANN);
        var fence = claimed();
        assertThat(assets().staged(fence, 0)).isEmpty();
        var asset = staged(fence, 0);
        assertThat(assets().staged(fence, 0)).contains(asset);
        assertThat(assets().staged(fence, 1)).isEmpty();

        assertThat(assets().stage(fence, asset.withThumbnail(300))).isTrue();

        assertThat(completed(fence, List.of(asset.id()))).isTrue();
        assertThat(listed(ANN)).containsExactly(asset.withThumbnail(300));
        assertThat(assets().staged(fence, 0)).isEmpty();
        assertThat(assets().stage(fence, asset.withThumbnail(400))).isFalse();
    }

    @Test
    default void whatIsStagedIsKnownToItsAttemptAlone() {
        accepted(ANN);
        var first = claimed();
        staged(first, 0);

        assertThat(assets().staged(new Fence(first.jobId(), first.attempt(), "guess"), 0))
                .isEmpty();
        jobs().release(first);
        assertThat(assets().staged(first, 0)).isEmpty();
        assertThat(assets().staged(claimed(), 0)).isEmpty();
    }

    @Test
    default void anAssetIsListedWithThePromptTheProjectAndItsOwnSeed() {
        accepted(ANN, order("a fox in snow", "winter", 3));
        var fence = claimed();
        assertThat(completed(fence, stagedAll(fence, 3))).isTrue();

        assertThat(assets().list(ANN, AssetFilter.all(), Optional.empty(), 10).items())
                .allSatisfy(listed -> {
                    assertThat(listed.prompt()).isEqualTo("a fox in snow");
                    assertThat(listed.projectId()).contains("winter");
                    assertThat(listed.seed()).isEqualTo(7 + listed.asset().index());
                    assertThat(listed.favourite()).isFalse();
                })
                .hasSize(3);
    }

    @Test
    default void aListIsFilteredByAllThatIsSaid() {
        var fox = made("a Fox_in 100% snow", "winter");
        var sea = made("the sea!", "summer");

        assertThat(where(text("fox_IN 100%"))).containsExactly(fox);
        assertThat(where(text("foxxin"))).isEmpty();
        assertThat(where(text("%"))).containsExactly(fox);
        assertThat(where(text("!"))).containsExactly(sea);
        assertThat(where(project("summer"))).containsExactly(sea);
        assertThat(where(type(JobType.SDXL_IMAGE_FAST))).containsExactly(sea, fox);
        assertThat(where(type(JobType.SDXL_IMAGE_HIGH))).isEmpty();
        assertThat(where(kind(Kind.IMAGE))).containsExactly(sea, fox);
        assertThat(where(kind(Kind.VIDEO))).isEmpty();
        assertThat(where(AssetFilter.ofJob(fox.jobId()))).containsExactly(fox);
        assertThat(where(period(fox.createdAt(), sea.createdAt()))).containsExactly(fox);
        assertThat(where(period(sea.createdAt(), sea.createdAt().plusSeconds(1))))
                .containsExactly(sea);
    }

    @Test
    default void theUsersFavouritesAreTheirsToChoose() {
        var fox = done().assets().getFirst();
        var owl = done().assets().getFirst();

        assertThat(assets().prefer(fox.id(), BOB, true)).isFalse();
        assertThat(assets().prefer(fox.id(), ANN, true)).isTrue();
        assertThat(assets().prefer(fox.id(), ANN, true)).isTrue();
        assertThat(where(favourite(true))).containsExactly(fox);
        assertThat(where(favourite(false))).containsExactly(owl);

        assertThat(assets().prefer(fox.id(), ANN, false)).isTrue();
        assertThat(where(favourite(true))).isEmpty();
        assets().doom(List.of(fox.id()), ANN);
        assertThat(assets().prefer(fox.id(), ANN, true)).isFalse();
    }

    @Test
    default void severalAreFoundAndDoomedAtOnceAndOnlyTheUsersOwn() {
        var fox = done().assets().getFirst();
        var owl = done().assets().getFirst();
        var sea = done().assets().getFirst();
        var ids = List.of(owl.id(), fox.id(), UUID.randomUUID());

        assertThat(assets().find(ids, ANN)).extracting(ListedAsset::asset).containsExactlyInAnyOrder(fox, owl);
        assertThat(assets().find(ids, BOB)).isEmpty();
        assertThat(assets().find(List.of(), ANN)).isEmpty();
        assertThat(assets().doom(ids, BOB)).isEmpty();
        assertThat(assets().doom(List.of(), ANN)).isEmpty();

        assertThat(assets().doom(ids, ANN)).containsExactlyInAnyOrder(fox, owl);

        assertThat(listed(ANN)).containsExactly(sea);
    }

    @Test
    default void whatAUsersAssetsTakeIsCountedByKindWithTheirThumbnails() {
        accepted(ANN);
        var fence = claimed();
        var fox = staged(fence, 0);
        assets().stage(fence, fox.withThumbnail(300));
        assertThat(assets().usage(ANN)).isEmpty();
        completed(fence, List.of(fox.id()));
        var owl = done().assets().getFirst();

        assertThat(assets().usage(ANN))
                .containsExactly(Map.entry(Kind.IMAGE, new Usage(2, fox.bytes() + 300 + owl.bytes())));
        assertThat(assets().usage(BOB)).isEmpty();

        assets().doom(List.of(fox.id()), ANN);
        assertThat(assets().usage(ANN)).containsExactly(Map.entry(Kind.IMAGE, new Usage(1, owl.bytes())));
    }

    /** The asset of a job of Ann's that is done. */
    private Asset made(String prompt, String project) {
        accepted(ANN, order(prompt, project, 1));
        var fence = claimed();
        var asset = staged(fence, 0);
        assertThat(completed(fence, List.of(asset.id()))).isTrue();
        return asset;
    }

    private static JobOrder order(String prompt, String project, int numImages) {
        return new JobOrder(
                JobType.SDXL_IMAGE_FAST,
                prompt,
                Optional.empty(),
                numImages,
                7,
                1,
                List.of(),
                Map.of(),
                new JobOrder.ClientIds(Optional.of(project), Optional.empty(), Optional.empty()),
                List.of());
    }

    private List<Asset> listed(String user) {
        return assets().list(user, AssetFilter.all(), Optional.empty(), 100).items().stream()
                .map(ListedAsset::asset)
                .toList();
    }

    private List<Asset> where(AssetFilter filter) {
        return assets().list(ANN, filter, Optional.empty(), 100).items().stream()
                .map(ListedAsset::asset)
                .toList();
    }

    private static AssetFilter type(JobType type) {
        return filter(Optional.of(type), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static AssetFilter kind(Kind kind) {
        return filter(Optional.empty(), Optional.of(kind), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static AssetFilter project(String project) {
        return filter(Optional.empty(), Optional.empty(), Optional.of(project), Optional.empty(), Optional.empty());
    }

    private static AssetFilter favourite(boolean favourite) {
        return filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(favourite), Optional.empty());
    }

    private static AssetFilter text(String text) {
        return filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(text));
    }

    private static AssetFilter filter(
            Optional<JobType> type,
            Optional<Kind> kind,
            Optional<String> project,
            Optional<Boolean> favourite,
            Optional<String> text) {
        return new AssetFilter(
                type, kind, Optional.empty(), project, Optional.empty(), Optional.empty(), favourite, text);
    }

    private static AssetFilter period(Instant from, Instant to) {
        return new AssetFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(from),
                Optional.of(to),
                Optional.empty(),
                Optional.empty());
    }
}
