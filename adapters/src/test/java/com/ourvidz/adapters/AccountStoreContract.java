package com.ourvidz.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ourvidz.core.Page;
import com.ourvidz.core.Rejection;
import com.ourvidz.core.account.Account;
import com.ourvidz.core.money.Grant;
import com.ourvidz.core.money.Ledger;
import com.ourvidz.core.money.LedgerEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a store of accounts promises. */
public interface AccountStoreContract extends StoreFixture {

    @Test
    default void aNewNameIsWelcomedWithItsCreditsOnce() throws InterruptedException {
        var balances = Together.run(10, number -> accounts().welcome(ANN).balance());

        assertThat(balances).containsOnly(SETTINGS.newUserCredits());
        assertThat(ledger().entries(ANN)).hasSize(1);
        accepted(ANN);
        assertThat(accounts().welcome(ANN).balance()).isEqualTo(SETTINGS.newUserCredits() - 1);
        assertMoneyAddsUp();
    }

    @Test
    default void aNameIsTakenOnce() {
        var ann = accounts().create(ANN, true, Optional.of("hash")).orElseThrow();

        assertThat(ann.admin()).isTrue();
        assertThat(ann.hasPassword()).isTrue();
        assertThat(ann.balance()).isEqualTo(SETTINGS.newUserCredits());
        assertThat(accounts().create(ANN, false, Optional.of("another"))).isEmpty();
        assertThat(accounts().find(ANN)).contains(ann);
        assertThat(accounts().passwordHash(ANN)).contains("hash");
        accounts().create(BOB, false, Optional.empty());
        assertThat(accounts().passwordHash(BOB)).isEmpty();
        assertMoneyAddsUp();
    }

    @Test
    default void anAdministratorIsMadeAndUnmadeButNotTheLastWhoIsEnabled() {
        accounts().create(ANN, true, Optional.empty());
        accounts().create(BOB, false, Optional.empty());
        assertThat(accounts().setAdmin("nobody", true)).isEmpty();
        assertThat(accounts().setAdmin("nobody", false)).isEmpty();

        assertThat(accounts().setAdmin(BOB, true).orElseThrow().admin()).isTrue();
        assertThat(accounts().setAdmin(BOB, false).orElseThrow().admin()).isFalse();
        assertThat(accounts().find(BOB).orElseThrow().admin()).isFalse();

        accounts().setAdmin(BOB, true);
        accounts().setDisabled(BOB, true);
        assertThatThrownBy(() -> accounts().setAdmin(ANN, false)).hasMessageContaining("last administrator");
        assertThat(accounts().find(ANN).orElseThrow().admin()).isTrue();
        accounts().setDisabled(BOB, false);
        assertThat(accounts().setAdmin(ANN, false).orElseThrow().admin()).isFalse();
    }

    @Test
    default void whoIsDisabledOrGetsAPasswordHasNoTokensOfTheSameSecondOrEarlier() {
        accounts().welcome(ANN);
        var now = clock().instant();

        var disabled = accounts().setDisabled(ANN, true).orElseThrow();
        assertThat(disabled.disabled()).isTrue();
        assertThat(disabled.tokensFrom()).isAfter(now);
        clock().advance(Duration.ofMinutes(1));
        var enabled = accounts().setDisabled(ANN, false).orElseThrow();
        assertThat(enabled.disabled()).isFalse();
        assertThat(enabled.tokensFrom()).isEqualTo(disabled.tokensFrom());
        assertThat(accounts().setPassword(ANN, "hash").orElseThrow().tokensFrom())
                .isAfter(clock().instant());
        clock().advance(Duration.ofMinutes(1));
        assertThat(accounts().endTokens(ANN).orElseThrow().tokensFrom()).isAfter(clock().instant());
    }

    @Test
    default void nobodyIsChangedWhoIsNotThere() {
        assertThat(accounts().setDisabled(ANN, true)).isEmpty();
        assertThat(accounts().setPassword(ANN, "hash")).isEmpty();
        assertThat(accounts().endTokens(ANN)).isEmpty();
        assertThat(accounts().grant(new Grant("1", ANN, 5, BOB, "for the fox"))).isEmpty();
        assertThat(accounts().find(ANN)).isEmpty();
    }

    @Test
    default void aTokenThatHasEndedIsRememberedUntilItWouldHaveExpired() {
        accounts().endToken("long", clock().instant().plus(Duration.ofDays(90)));
        accounts().endToken("short", clock().instant().plus(Duration.ofMinutes(1)));
        accounts().endToken("short", clock().instant().plus(Duration.ofMinutes(1)));
        assertThat(accounts().ended("short")).isTrue();
        assertThat(accounts().ended("another")).isFalse();

        clock().advance(Duration.ofDays(1));
        accounts().endToken("third", clock().instant());

        assertThat(accounts().ended("long")).isTrue();
        assertThat(accounts().ended("short")).isFalse();
    }

    @Test
    default void aGrantIsBookedOnceAndAnotherUnderItsIdIsAConflict() throws InterruptedException {
        accounts().welcome(ANN);
        accounts().welcome(BOB);
        var grant = new Grant("christmas", ANN, 50, BOB, "for the fox");

        Together.run(10, number -> accounts().grant(grant));

        assertThat(ledger().balance(ANN)).isEqualTo(SETTINGS.newUserCredits() + 50);
        for (var other : List.of(new Grant("christmas", ANN, 51, BOB, ""), new Grant("christmas", BOB, 50, BOB, ""))) {
            assertThatThrownBy(() -> accounts().grant(other)).isInstanceOf(Rejection.class);
        }
        assertThat(ledger().balance(BOB)).isEqualTo(SETTINGS.newUserCredits());
        assertMoneyAddsUp();
    }

    @Test
    default void usersAreListedByTheStartOfTheirNamesNewestFirstPageByPage() {
        var names = new ArrayList<>(List.of("ann", "anna", "bob", "an%", "annika"));
        for (var name : names) {
            accounts().welcome(name);
            clock().advance(Duration.ofMillis(name.equals("anna") ? 0 : 1)); // anna and bob came at the same time
        }
        Collections.reverse(names);

        assertThat(listed("")).containsExactlyInAnyOrderElementsOf(names);
        assertThat(listed("ann")).containsExactly("annika", "anna", "ann");
        assertThat(listed("an%")).containsExactly("an%");
    }

    @Test
    default void aStatementShowsWhatEachEntryWasForNewestFirst() {
        accounts().welcome(ANN);
        var job = accepted(ANN);
        clock().advance(Duration.ofMillis(1));
        jobs().cancel(job.id(), ANN);
        clock().advance(Duration.ofMillis(1));
        accounts().grant(new Grant("1", ANN, 5, BOB, "for the fox"));

        var page = ledger().statement(ANN, Optional.empty(), 3);
        var rest = ledger().statement(ANN, page.next(), 3);

        assertThat(page.items())
                .extracting(line -> line.entry().kind())
                .containsExactly(LedgerEntry.Kind.GRANT, LedgerEntry.Kind.REFUND, LedgerEntry.Kind.CHARGE);
        assertThat(page.items())
                .extracting(line -> line.entry().jobId())
                .containsExactly(Optional.empty(), Optional.of(job.id()), Optional.of(job.id()));
        assertThat(page.items()).extracting(Ledger.Line::note).containsExactly("for the fox", "", "");
        var work = new Ledger.Work(job.order().type().id(), job.order().prompt());
        assertThat(page.items())
                .extracting(Ledger.Line::work)
                .containsExactly(Optional.empty(), Optional.of(work), Optional.of(work));
        assertThat(rest.items())
                .singleElement()
                .satisfies(
                        line -> assertThat(line.entry()).isEqualTo(LedgerEntry.grant(ANN, SETTINGS.newUserCredits())));
        assertThat(rest.next()).isEmpty();
        assertThat(ledger().statement(BOB, Optional.empty(), 3).items()).isEmpty();
    }

    private List<String> listed(String start) {
        var names = new ArrayList<String>();
        Optional<Page.Cursor> next = Optional.empty();
        do {
            var page = accounts().list(start, next.map(Page.Cursor::encode).map(Page.Cursor::decode), 2);
            page.items().stream().map(Account::name).forEach(names::add);
            next = page.next();
        } while (next.isPresent());
        return names;
    }
}
