package com.ourvidz.enhancer;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Settings as tests give them: those that are named, one try, and no pause. */
final class Settings {

    private Settings() {}

    /** @param given a name, without {@code OURVIDZ_ENHANCER_}, and its value, and so on */
    static EnhancerSettings of(String... given) {
        var values = new HashMap<>(Map.of("OURVIDZ_ENHANCER_TRIES", "1", "OURVIDZ_ENHANCER_PAUSE", "0"));
        for (var i = 0; i < given.length; i += 2) {
            values.put("OURVIDZ_ENHANCER_" + given[i], given[i + 1]);
        }
        return EnhancerSettings.read(name -> Optional.ofNullable(values.get(name)));
    }

    /** A request for an image, in the prompt's language. */
    static EnhanceRequest request(String prompt) {
        return new EnhanceRequest(prompt, Language.PROMPT, false, 7);
    }
}
