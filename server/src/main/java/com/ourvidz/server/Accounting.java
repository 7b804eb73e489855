package com.ourvidz.server;

import com.ourvidz.core.account.AccountStore;
import com.ourvidz.core.account.Accounts;
import com.ourvidz.core.money.Ledger;
import com.ourvidz.server.account.LedgerCheck;
import com.ourvidz.server.auth.BcryptPasswords;
import com.ourvidz.server.auth.Bearers;
import com.ourvidz.server.auth.BelievedTokens;
import com.ourvidz.server.auth.ExternalIssuer;
import com.ourvidz.server.auth.SignInThrottle;
import com.ourvidz.server.auth.Tokens;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who users are, how they prove it, and whether the money adds up. */
@Configuration(proxyBeanMethods = false)
class Accounting {

    @Bean
    Accounts accounts(AccountStore store) {
        return new Accounts(store, new BcryptPasswords());
    }

    @Bean
    Tokens tokens(Settings settings, Secrets secrets, InstantSource clock) {
        return settings.accounts().tokens(settings, secrets.jwt(), clock);
    }

    @Bean
    BelievedTokens believedTokens(Settings settings, Tokens tokens) {
        var external = settings.accounts()
                .jwksUrl()
                .map(keys -> new ExternalIssuer(
                        keys,
                        settings.jwtIssuer().orElseThrow(),
                        settings.jwtAudience().orElseThrow(),
                        Platform.OWNER));
        return new BelievedTokens(tokens, external);
    }

    @Bean
    Bearers bearers(Accounts accounts, Tokens tokens) {
        return new Bearers(accounts, tokens);
    }

    @Bean
    SignInThrottle signInThrottle() {
        return new SignInThrottle();
    }

    /** Named as it is called among the parts of the platform's health. */
    @Bean
    LedgerCheck ledgerHealthIndicator(Ledger ledger, InstantSource clock) {
        return new LedgerCheck(ledger, clock);
    }
}
