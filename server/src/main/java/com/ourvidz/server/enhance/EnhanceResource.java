package com.ourvidz.server.enhance;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.ourvidz.core.Rejection;
import com.ourvidz.core.catalog.JobType;
import com.ourvidz.core.job.OrderReader;
import com.ourvidz.enhancer.EnhanceRequest;
import com.ourvidz.enhancer.Language;
import com.ourvidz.server.http.JsonBody;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import java.security.Principal;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Shows what an enhanced job would render in place of a prompt. */
@RestController
public class EnhanceResource {

    private final PromptPreviews previews;
    private final Language language;
    private final RandomGenerator random;
    private final JsonMapper json;

    /**
     * The route over the use case.
     *
     * @param language where a request names none
     * @param random draws a seed for each request, so that who asks again gets something else
     */
    public EnhanceResource(PromptPreviews previews, Language language, RandomGenerator random, JsonMapper json) {
        this.previews = previews;
        this.language = language;
        this.random = random;
        this.json = json;
    }

    /**
     * The body, for the API's description.
     *
     * @param jobType what the prompt is for: descriptions for videos speak of motion; {@code video7b_fast_enhanced} where it is left out
     */
    @Schema(name = "EnhancePromptRequest")
    record Request(
            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    maxLength = OrderReader.MAX_PROMPT,
                    example = "a fox in snow")
            String prompt,

            @Schema(example = "image7b_fast_enhanced") @Nullable
            String jobType,

            @Schema(allowableValues = {"prompt", "en", "zh"}) @Nullable
            String language) {}

    /**
     * The answer.
     *
     * @param prompt the original
     * @param enhancedPrompt to be rendered in its place; the original where {@code enhancedBy} is {@code none}
     * @param enhancedBy {@code grammar}, a model's name, or {@code none}
     */
    record EnhancedPrompt(
            boolean success,
            String prompt,
            @JsonProperty("enhanced_prompt") String enhancedPrompt,
            @JsonProperty("enhanced_by") String enhancedBy,
            @JsonProperty("enhancement_seconds") double enhancementSeconds) {}

    /** Makes no job and costs nothing. A plain job type renders the text, edited or not, as it is. */
    @PostMapping(path = "/api/enhance-prompt", consumes = MediaType.APPLICATION_JSON_VALUE)
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(schema = @Schema(implementation = Request.class)))
    EnhancedPrompt enhance(Principal user, @RequestBody byte[] body) throws InterruptedException {
        var fields = JsonBody.read(json, body);
        var prompt = OrderReader.prompt(fields.text("prompt"));
        var request = new EnhanceRequest(prompt, language(fields), type(fields).isVideo(), random.nextLong());
        var enhanced = previews.preview(user.getName(), request);
        return new EnhancedPrompt(true, prompt, enhanced.prompt(), enhanced.by(), enhanced.seconds());
    }

    private static JobType type(JsonBody fields) {
        return fields.optionalText("jobType").map(OrderReader::type).orElse(JobType.VIDEO7B_FAST_ENHANCED);
    }

    private Language language(JsonBody fields) {
        return fields.optionalText("language")
                .map(id -> Language.of(id).orElseThrow(() -> Rejection.invalid("language must be prompt, en or zh.")))
                .orElse(language);
    }
}
