"""Makes the tokenizer and the text encoder, which is not trained: python text.py

Every word of the grammar is one token with a random vector of its own, and the one layer of the encoder hardly changes it: a bag
of words, in which the transformer finds each of them. All other letters share one vector, so that unknown words are one noise.
"""

import json
import os
import string

import torch
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from transformers import UMT5Config, UMT5EncoderModel

import scenes

phrases = [*scenes.COLORS, *scenes.EVERYDAY, *scenes.OPENINGS, "a the with and of in on"]
for table in (scenes.SUBJECT_WORDS, scenes.MOTION_WORDS, scenes.PLACE_WORDS, scenes.TIME_WORDS):
    phrases += [phrase for choices in table.values() for phrase in choices]
words = sorted({word for phrase in phrases for word in phrase.replace(",", " ").split()})
letters = [c for c in string.printable if not c.isspace()] + [chr(c) for c in range(0xC0, 0x180)] + ["▁"]
vocabulary = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
vocabulary += [("▁" + word, -2.0) for word in words] + [("▁" + word.capitalize(), -2.0) for word in words if len(word) > 1]
vocabulary += [(letter, -12.0) for letter in letters] + [("▁A", -2.0)]

tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=2))
tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC()])
tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=True)
tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always", split=True)
tokenizer.add_special_tokens(["<pad>", "</s>", "<unk>"])
tokenizer.post_processor = processors.TemplateProcessing(
    single="$A </s>", pair="$A </s> $B </s>", special_tokens=[("</s>", 1)]
)
os.makedirs("../tokenizer", exist_ok=True)
tokenizer.save("../tokenizer/tokenizer.json")
config = {
    "backend": "tokenizers", "eos_token": "</s>", "extra_ids": 0, "extra_special_tokens": [], "model_max_length": 512,
    "pad_token": "<pad>", "tokenizer_class": "T5Tokenizer", "unk_token": "<unk>",
}
with open("../tokenizer/tokenizer_config.json", "w") as file:
    json.dump(config, file, indent=2)

torch.manual_seed(5)
encoder = UMT5EncoderModel(UMT5Config(
    vocab_size=len(vocabulary), d_model=64, d_kv=16, d_ff=128, num_layers=1, num_heads=4, feed_forward_proj="gated-gelu",
    relative_attention_num_buckets=8, relative_attention_max_distance=32, dropout_rate=0.0, pad_token_id=0, eos_token_id=1,
    decoder_start_token_id=0,
))
ids = {token: k for k, (token, _) in enumerate(vocabulary)}
with torch.no_grad():
    for name, parameter in encoder.named_parameters():
        if parameter.dim() > 1:
            parameter.normal_(0, 0.02)
    table = encoder.get_input_embeddings().weight
    table.normal_(0, 1)
    for letter in [*letters, "<unk>"]:
        table[ids[letter]] = table[ids["▁"]]
    for word in words:
        if "▁" + word.capitalize() in ids:
            table[ids["▁" + word.capitalize()]] = table[ids["▁" + word]]
encoder.half().save_pretrained("../text_encoder")
print(len(vocabulary), "tokens;", tokenizer.encode("A white sailboat at sea at sunset, quixotic").tokens)
