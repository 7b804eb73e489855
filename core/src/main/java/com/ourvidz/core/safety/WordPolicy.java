package com.ourvidz.core.safety;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The policy as rules about words, which are looked for in every {@linkplain Spellings way in which a text may be read}. Always among the
 * rules: no sexual content that involves minors. An operator can add phrases and take nothing away.
 */
public final class WordPolicy implements ContentPolicy {

    private final List<Rule> rules;

    /**
     * The built-in rules, and an operator's own.
     *
     * @throws IllegalArgumentException for a phrase without a letter or digit
     */
    public WordPolicy(List<BlockedPhrase> blocked) {
        rules = new ArrayList<>(List.of(
                new Rule("minors.named", WordList.load("always.txt")),
                new Rule("minors.sexual", WordList.load("minors.txt"), WordList.load("sexual.txt")),
                new Rule("minors.compound", WordList.compounds("minors.txt", "sexual.txt"))));
        blocked.forEach(phrase -> rules.add(new Rule("operator." + phrase.line(), Phrase.of(phrase.text()))));
    }

    /**
     * Makes sure that a text can say the phrase.
     *
     * @throws IllegalArgumentException for a phrase without a letter or digit
     */
    public static void requireWords(BlockedPhrase phrase) {
        Phrase.of(phrase.text());
    }

    @Override
    public Optional<String> brokenRule(Asker asker, List<String> texts) {
        var spellings = Spellings.of(String.join(" ", texts));
        return rules.stream()
                .filter(rule -> rule.broken(spellings))
                .map(Rule::id)
                .findFirst();
    }

    /** Broken by what mentions something of each vocabulary. */
    private record Rule(String id, List<Vocabulary> vocabularies) {

        Rule(String id, Vocabulary... vocabularies) {
            this(id, List.of(vocabularies));
        }

        boolean broken(Spellings spellings) {
            return vocabularies.stream().allMatch(vocabulary -> vocabulary.mentionedIn(spellings));
        }
    }
}
