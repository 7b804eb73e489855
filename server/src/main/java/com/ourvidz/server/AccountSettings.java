package com.ourvidz.server;

import com.ourvidz.core.catalog.JobType;
import com.ourvidz.core.money.PriceList;
import com.ourvidz.server.auth.Tokens;
import java.net.URI;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an operator can choose about accounts and money.
 *
 * @param jwksUrl where an external issuer publishes its keys; then its name and the audience are set too
 * @param prices what each job type costs
 */
public record AccountSettings(Optional<URI> jwksUrl, PriceList prices) {

    /** The platform's own name as an issuer, and as an audience. */
    static final String OURS = "ourvidz";

    private static final String JWKS = "OURVIDZ_JWKS_URL";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Beside an external issuer's, the platform's own tokens are told apart by the name of their issuer. */
    Tokens tokens(Settings settings, String secret, InstantSource clock) {
        return jwksUrl.isPresent()
                ? new Tokens(secret, Optional.of(OURS), Optional.of(OURS), clock)
                : new Tokens(secret, settings.jwtIssuer(), settings.jwtAudience(), clock);
    }

    static AccountSettings read(Settings.Values values) {
        var jwks = values.text(JWKS).map(AccountSettings::jwks);
        if (jwks.isPresent()) {
            requireNamed(values, "OURVIDZ_JWT_ISSUER");
            requireNamed(values, "OURVIDZ_JWT_AUDIENCE");
        }
        return new AccountSettings(jwks, prices(values));
    }

    /** Whoever can change the answer can sign in as anyone, so it comes over TLS or from this machine. */
    private static URI jwks(String text) {
        try {
            var url = URI.create(text);
            var safe = "https".equals(url.getScheme())
                    || ("http".equals(url.getScheme()) && LOOPBACK.contains(String.valueOf(url.getHost())));
            if (safe && url.getHost() != null && url.getRawUserInfo() == null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // said below, in the same sentence as for other addresses that cannot be used
        }
        throw SettingsException.of(JWKS, "must be an https address, and '" + text + "' is none.");
    }

    private static void requireNamed(Settings.Values values, String name) {
        var given = values.text(name);
        if (given.isEmpty() || given.get().equals(OURS)) {
            throw SettingsException.of(
                    name,
                    "must name what the issuer behind " + JWKS + " writes into its tokens, which is not '" + OURS
                            + "'.");
        }
    }

    private static PriceList prices(Settings.Values values) {
        return new PriceList(Stream.of(JobType.values())
                .collect(Collectors.toUnmodifiableMap(type -> type, type -> price(values, type))));
    }

    private static long price(Settings.Values values, JobType type) {
        var name = "OURVIDZ_PRICE_" + type.id().toUpperCase(Locale.ROOT);
        return values.number(name, PriceList.DEFAULT_PRICE, 0, PriceList.MAX_PRICE);
    }
}
