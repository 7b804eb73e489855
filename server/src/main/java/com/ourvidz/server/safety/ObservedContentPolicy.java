package com.ourvidz.server.safety;

import com.ourvidz.core.safety.ContentPolicy;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A content policy whose decisions are counted, and whose refusals are logged: the rule, who asked for what, and a keyed hash of the text
 * by which the same text is known again. The text itself is in no log.
 */
public final class ObservedContentPolicy implements ContentPolicy {

    private static final Logger LOG = LoggerFactory.getLogger("com.ourvidz.safety");
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHOWN = 16;

    private final ContentPolicy policy;
    private final MeterRegistry meters;
    private final SecretKeySpec salt;

    /**
     * Over another policy.
     *
     * @param salt kept secret, so that nobody can find the text by hashing guesses
     */
    public ObservedContentPolicy(ContentPolicy policy, MeterRegistry meters, byte[] salt) {
        this.policy = policy;
        this.meters = meters;
        this.salt = new SecretKeySpec(salt, ALGORITHM);
        count("allowed", "none", 0);
    }

    @Override
    public Optional<String> brokenRule(Asker asker, List<String> texts) {
        var rule = policy.brokenRule(asker, texts);
        rule.ifPresentOrElse(
                broken -> {
                    LOG.warn("refused by {}: {} of {}, text {}", broken, asker.jobType(), asker.userId(), hash(texts));
                    count("refused", broken, 1);
                },
                () -> count("allowed", "none", 1));
        return rule;
    }

    private void count(String decision, String rule, int more) {
        meters.counter("ourvidz.policy", "decision", decision, "rule", rule).increment(more);
    }

    private String hash(List<String> texts) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(salt);
            return HexFormat.of()
                    .formatHex(mac.doFinal(
                            ("content-policy\0" + String.join("\0", texts)).getBytes(StandardCharsets.UTF_8)))
                    .substring(0, SHOWN);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
