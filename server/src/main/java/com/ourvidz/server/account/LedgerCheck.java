package com.ourvidz.server.account;

import com.ourvidz.core.money.Ledger;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Whether the ledger adds up, as it was found at the last check: at the start, and whenever an administrator asks. What does not add up is
 * logged and shows in the health and the metrics; the platform serves on.
 */
public final class LedgerCheck implements HealthIndicator, MeterBinder {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerCheck.class);
    private static final Status WARNING = new Status("WARNING");

    private final Ledger ledger;
    private final InstantSource clock;
    private volatile Optional<Finding> last = Optional.empty();

    public LedgerCheck(Ledger ledger, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * What a check found.
     *
     * @param discrepancies one sentence each; empty when all is well
     */
    public record Finding(Instant checkedAt, List<String> discrepancies) {}

    /** Reads the whole ledger. */
    public Finding run() {
        var finding = new Finding(clock.instant(), ledger.discrepancies());
        finding.discrepancies().forEach(sentence -> LOG.error("THE LEDGER DOES NOT ADD UP: {}", sentence));
        last = Optional.of(finding);
        return finding;
    }

    @Override
    public Health health() {
        return last.map(LedgerCheck::health).orElseGet(() -> Health.unknown().build());
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        Gauge.builder("ourvidz.ledger.discrepancies", this, LedgerCheck::discrepancies)
                .description("What did not add up when the ledger was last checked")
                .register(meters);
    }

    private double discrepancies() {
        return last.map(finding -> (double) finding.discrepancies().size()).orElse(Double.NaN);
    }

    private static Health health(Finding finding) {
        return finding.discrepancies().isEmpty()
                ? Health.up().build()
                : Health.status(WARNING).build();
    }
}
