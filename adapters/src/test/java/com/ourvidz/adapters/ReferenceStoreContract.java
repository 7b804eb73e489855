package com.ourvidz.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ourvidz.core.Rejection;
import com.ourvidz.core.Usage;
import com.ourvidz.core.reference.Reference;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a store of references promises. */
public interface ReferenceStoreContract extends StoreFixture {

    long ROOM = 1_000;

    @Test
    default void whatIsStagedIsSeenByNoOneUntilItIsKept() {
        var reference = uploaded(ANN, "fox", 100);

        assertThat(references().stage(reference, ROOM)).isEqualTo(reference);
        assertThat(references().find(reference.id())).isEmpty();
        assertThat(kept(ANN)).isEmpty();

        assertThat(references().keep(reference)).isEqualTo(reference);
        assertThat(references().find(reference.id())).contains(reference);
        assertThat(kept(ANN)).containsExactly(reference);
    }

    @Test
    default void aUserHasAPictureOnceAndEachUserTheirOwn() {
        var first = keep(uploaded(ANN, "fox", 100));

        assertThat(references().stage(uploaded(ANN, "fox", 100), ROOM)).isEqualTo(first);
        var bobs = keep(uploaded(BOB, "fox", 100));

        assertThat(kept(ANN)).containsExactly(first);
        assertThat(kept(BOB)).containsExactly(bobs);
    }

    @Test
    default void ofTwoUploadsOfAPictureAtOnceOneIsKept() {
        var first = uploaded(ANN, "fox", 100);
        var second = uploaded(ANN, "fox", 100);
        references().stage(first, ROOM);
        references().stage(second, ROOM);

        assertThat(references().keep(first)).isEqualTo(first);
        assertThat(references().keep(second)).isEqualTo(first);

        assertThat(kept(ANN)).containsExactly(first);
        assertThat(references().doomed(10)).containsExactly(second);
    }

    @Test
    default void aConsentThatIsGivenLaterCounts() {
        var without = keep(uploaded(ANN, "fox", 100));
        var with = uploaded(ANN, "fox", 100, true);

        assertThat(references().stage(with, ROOM).consent()).isTrue();
        assertThat(references().stage(uploaded(ANN, "fox", 100), ROOM).consent())
                .isTrue();
        assertThat(references().find(without.id()).orElseThrow().consent()).isTrue();
    }

    @Test
    default void allReferencesOfAUserFitIntoTheLimitThoseBeingWrittenIncluded() {
        references().stage(uploaded(ANN, "fox", 600), ROOM);

        assertThatThrownBy(() -> references().stage(uploaded(ANN, "owl", 401), ROOM))
                .isInstanceOfSatisfying(
                        Rejection.class, refused -> assertThat(refused.reason()).isEqualTo(Rejection.Reason.TOO_LARGE));
        keep(uploaded(ANN, "owl", 400));
        keep(uploaded(BOB, "owl", 1_000));
        assertThat(references().usage(ANN)).isEqualTo(new Usage(2, 1_000));
    }

    @Test
    default void deletingGivesTheSpaceBack() {
        var fox = keep(uploaded(ANN, "fox", 1_000));

        references().doom(fox.id(), ANN);

        assertThat(references().usage(ANN)).isEqualTo(Usage.NONE);
        assertThat(references().bytes()).isZero();
        keep(uploaded(ANN, "fox", 1_000));
        assertThat(references().bytes()).isEqualTo(1_000);
    }

    @Test
    default void line11AnotherUsersReferenceCannotBeDeletedOrListed() {
        var fox = keep(uploaded(ANN, "fox", 100));

        assertThat(references().doom(fox.id(), BOB)).isEmpty();
        assertThat(kept(BOB)).isEmpty();
        assertThat(references().find(fox.id())).contains(fox);
    }

    @Test
    default void aDoomedReferenceIsGoneForAllAndRememberedUntilItsBytesAreGone() {
        var fox = keep(uploaded(ANN, "fox", 100));

        assertThat(references().doom(fox.id(), ANN)).contains(fox);

        assertThat(references().doom(fox.id(), ANN)).isEmpty();
        assertThat(references().find(fox.id())).isEmpty();
        assertThat(references().doomed(10)).containsExactly(fox);
        references().forget(fox.id());
        assertThat(references().doomed(10)).isEmpty();
    }

    @Test
    default void whatACrashLeftStagedIsDoomedAfterAWhile() {
        var fox = uploaded(ANN, "fox", 100);
        references().stage(fox, ROOM);
        clock().advance(Duration.ofMinutes(59));
        assertThat(references().doomed(10)).isEmpty();

        clock().advance(Duration.ofMinutes(2));

        assertThat(references().doomed(10)).containsExactly(fox);
    }

    @Test
    default void aKeptReferenceIsNotForgotten() {
        var fox = keep(uploaded(ANN, "fox", 100));

        references().forget(fox.id());

        assertThat(references().find(fox.id())).contains(fox);
    }

    @Test
    default void pagesRunFromNewestToOldest() {
        var fox = keep(uploaded(ANN, "fox", 100));
        var owl = keep(uploaded(ANN, "owl", 100));

        var page = references().list(ANN, Optional.empty(), 1);

        assertThat(page.items()).containsExactly(owl);
        assertThat(references().list(ANN, page.next(), 1).items()).containsExactly(fox);
    }

    private Reference keep(Reference reference) {
        return references().keep(references().stage(reference, ROOM));
    }

    private Reference uploaded(String user, String picture, long bytes) {
        return uploaded(user, picture, bytes, false);
    }

    private Reference uploaded(String user, String picture, long bytes, boolean consent) {
        clock().advance(Duration.ofMillis(1));
        return new Reference(UUID.randomUUID(), user, picture, 40, 30, bytes, consent, clock().instant());
    }

    private List<Reference> kept(String user) {
        return references().list(user, Optional.empty(), 100).items();
    }
}
