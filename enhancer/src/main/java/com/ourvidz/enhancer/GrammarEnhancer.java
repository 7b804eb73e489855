package com.ourvidz.enhancer;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Says after the prompt, which it leaves word for word, what the setting is, the light, the camera, in videos the motion, and the style: one
 * sentence for each, drawn from tables of phrases with the seed. What the prompt itself speaks of is left out.
 */
final class GrammarEnhancer implements Enhancer {

    private final PhraseTable english = PhraseTable.load("phrases-en.txt");
    private final PhraseTable chinese = PhraseTable.load("phrases-zh.txt");

    @Override
    public String name() {
        return "grammar";
    }

    @Override
    public String enhance(EnhanceRequest request, Progress progress) throws EnhancerException {
        if (request.prompt().isBlank()) {
            throw new EnhancerException("there is no prompt");
        }
        var inChinese = request.language().isChineseFor(request.prompt());
        var subject = request.prompt().strip();
        var between = inChinese ? "" : " ";
        var stop = Sentences.isFinished(subject) ? "" : inChinese ? "。" : ".";
        return subject + stop + between + String.join(between, phrases(request, inChinese ? chinese : english));
    }

    private static List<String> phrases(EnhanceRequest request, PhraseTable table) {
        var random = new SplittableRandom(request.seed() * 31 + request.prompt().hashCode());
        return table.parts().stream()
                .filter(part -> request.video() || !part.isMotion())
                .filter(part -> !part.isSpokenOf(request.prompt()))
                .map(part -> part.phrases().get(random.nextInt(part.phrases().size())))
                .toList();
    }
}
