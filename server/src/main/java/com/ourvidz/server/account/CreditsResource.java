package com.ourvidz.server.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.ourvidz.core.Page;
import com.ourvidz.core.money.Ledger;
import com.ourvidz.server.http.Requests;
import io.swagger.v3.oas.annotations.media.Schema;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What users see of their money. */
@RestController
public class CreditsResource {

    private final Ledger ledger;

    public CreditsResource(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * One entry of the ledger.
     *
     * @param amount positive for the user, negative against
     * @param note why credits were given, in the administrator's words
     * @param jobId of a charge or a refund, as are its type and its prompt
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CreditEntry(
            @Schema(allowableValues = {"grant", "charge", "refund"})
            String kind,

            long amount,
            @Nullable String note,
            @JsonProperty("job_id") @Nullable UUID jobId,
            @JsonProperty("job_type") @Nullable String jobType,
            @Nullable String prompt,
            @JsonProperty("created_at") Instant createdAt) {

        static CreditEntry of(Ledger.Line line) {
            return new CreditEntry(
                    line.entry().kind().name().toLowerCase(Locale.ROOT),
                    line.entry().amount(),
                    line.note().isEmpty() ? null : line.note(),
                    line.entry().jobId().orElse(null),
                    line.work().map(Ledger.Work::jobType).orElse(null),
                    line.work().map(Ledger.Work::prompt).orElse(null),
                    line.bookedAt());
        }
    }

    /** The balance, and one page of what it is the sum of, newest first. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Credits(
            long balance,
            List<CreditEntry> entries,
            @JsonProperty("next_cursor") @Nullable String nextCursor) {}

    @GetMapping("/api/credits")
    Credits credits(Principal user, @RequestParam Optional<String> cursor, @RequestParam Optional<Integer> limit) {
        var page = ledger.statement(user.getName(), cursor.map(Page.Cursor::decode), Requests.limit(limit));
        return new Credits(
                ledger.balance(user.getName()),
                page.items().stream().map(CreditEntry::of).toList(),
                page.next().map(Page.Cursor::encode).orElse(null));
    }
}
