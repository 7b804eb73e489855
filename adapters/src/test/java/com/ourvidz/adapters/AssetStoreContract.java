package com.ourvidz.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.core.Fence;
import com.ourvidz.core.asset.Asset;
import java.util.List;
import java.util.Optional;
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
        assertThat(assets().doom(asset.id(), ANN)).isEmpty();

        completed(fence, List.of(asset.id()));

        assertThat(assets().findPublished(asset.id())).contains(asset);
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
        assertThat(assets().findPublished(begun.id())).map(Asset::bytes).contains(500L);
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

        var first = assets().list(ANN, Optional.empty(), 2);
        done();
        var second = assets().list(ANN, first.next(), 2);

        assertThat(first.items()).containsExactly(assets.get(2), assets.get(1));
        assertThat(second.items()).containsExactly(assets.get(0));
        assertThat(second.next()).isEmpty();
    }

    @Test
    default void line11AnotherUsersAssetCannotBeDeletedOrListed() {
        var asset = done().assets().getFirst();

        assertThat(assets().doom(asset.id(), BOB)).isEmpty();
        assertThat(listed(BOB)).isEmpty();
        assertThat(assets().findPublished(asset.id())).isPresent();
    }

    @Test
    default void aDoomedAssetIsGoneForAllAndRememberedUntilItsBytesAreGone() {
        var job = done();
        var asset = job.assets().getFirst();

        assertThat(assets().doom(asset.id(), ANN)).contains(asset);

        assertThat(assets().doom(asset.id(), ANN)).isEmpty();
        assertThat(assets().findPublished(asset.id())).isEmpty();
        assertThat(listed(ANN)).isEmpty();
        assertThat(found(job).assets()).isEmpty();
        assertThat(assets().doomed(10)).containsExactly(asset);
        assets().forget(asset.id());
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
        assets.reversed().forEach(asset -> assets().doom(asset.id(), ANN));

        assertThat(assets().doomed(2)).containsExactly(assets.get(0), assets.get(1));
    }

    private List<Asset> listed(String user) {
        return assets().list(user, Optional.empty(), 100).items();
    }
}
