package com.ourvidz.server;

import com.ourvidz.core.safety.ContentPolicy;
import com.ourvidz.enhancer.PromptEnhancement;
import com.ourvidz.server.enhance.EnhanceResource;
import com.ourvidz.server.enhance.PromptPreviews;
import java.security.SecureRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The enhancer of prompts, as the settings choose it. */
@Configuration(proxyBeanMethods = false)
class Enhancing {

    @Bean
    PromptPreviews promptPreviews(Settings settings, ContentPolicy policy) {
        var enhancement = PromptEnhancement.of(settings.enhancer(), settings.wanModel(), settings.threads());
        return new PromptPreviews(enhancement, policy);
    }

    @Bean
    EnhanceResource enhanceResource(PromptPreviews previews, Settings settings, JsonMapper json) {
        return new EnhanceResource(previews, settings.enhancer().language(), new SecureRandom(), json);
    }
}
