package com.ourvidz.server.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.ourvidz.core.Page;
import com.ourvidz.core.Rejection;
import com.ourvidz.core.account.Account;
import com.ourvidz.core.account.Accounts;
import com.ourvidz.core.money.Grant;
import com.ourvidz.server.auth.Tokens;
import com.ourvidz.server.http.JsonBody;
import com.ourvidz.server.http.Requests;
import com.ourvidz.server.http.StrictJson;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** What administrators do. Names of users stand in bodies, for not every name can stand in a path. */
@RestController
@RequestMapping("/api/admin")
public class AdminResource {

    private static final int LONGEST_NOTE = 500;

    private final Accounts accounts;
    private final Tokens tokens;
    private final LedgerCheck ledger;
    private final JsonMapper json;

    public AdminResource(Accounts accounts, Tokens tokens, LedgerCheck ledger, JsonMapper json) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.ledger = ledger;
        this.json = json;
    }

    /** A user as administrators see them. */
    record UserView(
            String name,
            @JsonProperty("created_at") Instant createdAt,
            boolean admin,
            boolean disabled,
            @JsonProperty("has_password") boolean hasPassword,
            long balance) {

        static UserView of(Account account) {
            return new UserView(
                    account.name(),
                    account.createdAt(),
                    account.admin(),
                    account.disabled(),
                    account.hasPassword(),
                    account.balance());
        }
    }

    /** One page of users, newest first. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record UserList(
            List<UserView> users,
            @JsonProperty("next_cursor") @Nullable String nextCursor) {}

    record Changed(boolean success, UserView user) {}

    record IssuedToken(boolean success, String token) {}

    record LedgerFinding(
            boolean success, @JsonProperty("checked_at") Instant checkedAt, List<String> discrepancies) {}

    /** The bodies of the routes, for the API's description. */
    @Schema(name = "NewUser")
    record NewUser(
            String name,
            @Schema(minLength = 8, maxLength = 72) @Nullable String password,
            @Nullable Boolean admin) {}

    @Schema(name = "NamedUser")
    record NamedUser(String name) {}

    @Schema(name = "NewPassword")
    record NewPassword(
            String name,
            @Schema(minLength = 8, maxLength = 72) String password) {}

    @Schema(name = "NewGrant")
    record NewGrant(
            String name,
            @Schema(minimum = "1", maximum = "1000000000") long credits,
            @Schema(maxLength = LONGEST_NOTE) @Nullable String note) {}

    /** @param name lists the users whose names start so */
    @GetMapping("/users")
    UserList list(
            @RequestParam(defaultValue = "") String name,
            @RequestParam Optional<String> cursor,
            @RequestParam Optional<Integer> limit) {
        StrictJson.requireStorable(name);
        var page = accounts.list(name, cursor.map(Page.Cursor::decode), Requests.limit(limit));
        return new UserList(
                page.items().stream().map(UserView::of).toList(),
                page.next().map(Page.Cursor::encode).orElse(null));
    }

    @PostMapping(path = "/users", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequestBody(content = @Content(schema = @Schema(implementation = NewUser.class)))
    Changed create(@org.springframework.web.bind.annotation.RequestBody byte[] body) {
        var fields = JsonBody.read(json, body);
        return changed(accounts.create(fields.text("name"), fields.flag("admin"), fields.optionalText("password")));
    }

    /** Ends all tokens of the user, too. */
    @PostMapping(path = "/users/disable", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequestBody(content = @Content(schema = @Schema(implementation = NamedUser.class)))
    Changed disable(Principal admin, @org.springframework.web.bind.annotation.RequestBody byte[] body) {
        var name = name(body);
        if (name.equals(admin.getName())) {
            throw Rejection.of(Rejection.Reason.CONFLICT, "You cannot disable yourself.");
        }
        return changed(accounts.disable(name));
    }

    @PostMapping(path = "/users/enable", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequestBody(content = @Content(schema = @Schema(implementation = NamedUser.class)))
    Changed enable(@org.springframework.web.bind.annotation.RequestBody byte[] body) {
        return changed(accounts.enable(name(body)));
    }

    /** Makes the user an administrator, too. */
    @PostMapping(path = "/users/promote", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequestBody(content = @Content(schema = @Schema(implementation = NamedUser.class)))
    Changed promote(@org.springframework.web.bind.annotation.RequestBody byte[] body) {
        return changed(accounts.setAdmin(name(body), true));
    }

    /** Makes an administrator a user like others; 409 for the last enabled one. */
    @PostMapping(path = "/users/demote", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequestBody(content = @Content(schema = @Schema(implementation = NamedUser.class)))
    Changed demote(@org.springframework.web.bind.annotation.RequestBody byte[] body) {
        return changed(accounts.setAdmin(name(body), false));
    }

    /** Sets the user's password, and ends all tokens. */
    @PostMapping(path = "/users/password", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequestBody(content = @Content(schema = @Schema(implementation = NewPassword.class)))
    Changed setPassword(@org.springframework.web.bind.annotation.RequestBody byte[] body) {
        var fields = JsonBody.read(json, body);
        return changed(accounts.setPassword(fields.text("name"), fields.text("password")));
    }

    @PostMapping(path = "/users/revoke-tokens", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequestBody(content = @Content(schema = @Schema(implementation = NamedUser.class)))
    Changed revokeTokens(@org.springframework.web.bind.annotation.RequestBody byte[] body) {
        return changed(accounts.endTokens(name(body)));
    }

    @PostMapping(path = "/users/token", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequestBody(content = @Content(schema = @Schema(implementation = NamedUser.class)))
    IssuedToken issueToken(@org.springframework.web.bind.annotation.RequestBody byte[] body) {
        return new IssuedToken(true, tokens.issue(accounts.find(name(body))));
    }

    /** Gives credits; the same {@code Idempotency-Key} gives them once. */
    @PostMapping(path = "/grants", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequestBody(content = @Content(schema = @Schema(implementation = NewGrant.class)))
    Changed grant(
            Principal admin,
            @RequestHeader("Idempotency-Key") Optional<String> idempotencyKey,
            @org.springframework.web.bind.annotation.RequestBody byte[] body) {
        var fields = JsonBody.read(json, body);
        var id = idempotencyKey
                .map(Requests::idempotencyKey)
                .orElseGet(() -> UUID.randomUUID().toString());
        var grant = new Grant(id, fields.text("name"), fields.wholeNumber("credits"), admin.getName(), note(fields));
        return changed(accounts.grant(grant));
    }

    /** Reads the whole ledger. */
    @PostMapping("/ledger-check")
    LedgerFinding checkLedger() {
        var finding = ledger.run();
        return new LedgerFinding(true, finding.checkedAt(), finding.discrepancies());
    }

    private String name(byte[] body) {
        return JsonBody.read(json, body).text("name");
    }

    private static String note(JsonBody fields) {
        var note = fields.optionalText("note").orElse("");
        if (note.length() > LONGEST_NOTE) {
            throw Rejection.invalid("note must have at most " + LONGEST_NOTE + " characters.");
        }
        return note;
    }

    private static Changed changed(Account account) {
        return new Changed(true, UserView.of(account));
    }
}
