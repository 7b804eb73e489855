package com.ourvidz.adapters.sql;

import com.ourvidz.core.webhook.Delivery;
import com.ourvidz.core.webhook.Endpoint;
import com.ourvidz.core.webhook.Outcome;
import com.ourvidz.core.webhook.Secret;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** From the columns of the webhooks' tables to the domain's records. */
final class WebhookRows {

    private WebhookRows() {}

    static Endpoint endpoint(ResultSet row, int number) throws SQLException {
        return new Endpoint(
                UUID.fromString(row.getString("id")),
                row.getString("user_id"),
                row.getString("url"),
                row.getString("description"),
                row.getString("origin"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                row.getBoolean("enabled"),
                new Secret(row.getString("secret")),
                retired(row));
    }

    static Delivery delivery(ResultSet row, int number) throws SQLException {
        return new Delivery(
                UUID.fromString(row.getString("id")),
                UUID.fromString(row.getString("endpoint_id")),
                UUID.fromString(row.getString("job_id")),
                row.getString("type"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Delivery.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getInt("attempts"),
                instant(row, "next_try"),
                last(row));
    }

    private static Optional<Endpoint.Retired> retired(ResultSet row) throws SQLException {
        var secret = Optional.ofNullable(row.getString("retired_secret")).map(Secret::new);
        var until = instant(row, "retired_until");
        return secret.flatMap(old -> until.map(end -> new Endpoint.Retired(old, end)));
    }

    private static Optional<Delivery.Tried> last(ResultSet row) throws SQLException {
        var at = instant(row, "last_try");
        if (at.isEmpty()) {
            return Optional.empty();
        }
        var status = row.getInt("last_status");
        return Optional.of(new Delivery.Tried(
                at.get(),
                new Outcome(
                        row.wasNull() ? Optional.empty() : Optional.of(status),
                        row.getString("last_answer"),
                        Optional.empty())));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        var millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
