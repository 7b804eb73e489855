"""Trains the transformer on the latents of the world: python train.py LATENTS.pt MINUTES [--lr 1.5e-3] [--more CHECKPOINT]

First its VACE block alone learns to tell where each token stands, then everything learns to draw. Writes `train.ck` every
few minutes, and at the end the checkpoint in the diffusers layout to `..`.
"""

import argparse
import copy
import math
import os
import random
import time

import torch
import torch.nn.functional as F
from diffusers import UniPCMultistepScheduler, WanVACETransformer3DModel
from transformers import AutoTokenizer, UMT5EncoderModel

from latents import MARK, add_marks
from scenes import caption

ROWS, COLUMNS, LENGTH, CHANNELS = 52, 30, 22, 4
WIDE, WORDS = 192, 24
SAMPLED = (0.9998, 0.9088, 0.7141)  # noise levels of UniPC with shift 5 at three steps
BEFORE_CLOCK = ("patch_embedding.", "condition_embedder.", "vace_patch_embedding.", "vace_blocks.0.", "blocks.0.", "blocks.1.")
PIXELS_A_CELL = 16 * 16  # mask channels of VACE: a cell's pixels. All are equal here, so training has one instead


def build():
    """A token is one row of latent pixels: 120 numbers, so a clip of 85 frames has 1,144 tokens."""
    transformer = WanVACETransformer3DModel(
        patch_size=(1, 1, COLUMNS), num_attention_heads=6, attention_head_dim=32, in_channels=CHANNELS, out_channels=CHANNELS,
        text_dim=64, freq_dim=128, ffn_dim=4 * WIDE, num_layers=4, cross_attn_norm=True, vace_layers=[0, 1],
        vace_in_channels=2 * CHANNELS + 1, rope_max_seq_len=128,
    )
    with torch.no_grad():
        start(transformer)
    return transformer


def start(transformer):
    """The row passes through unchanged, all blocks are open, and the words reach every token as their sum."""
    into = transformer.patch_embedding.weight.view(WIDE, -1)  # (192, 4 * 30)
    torch.nn.init.orthogonal_(into)
    transformer.patch_embedding.bias.zero_()
    out = transformer.proj_out.weight.view(COLUMNS, CHANNELS, WIDE)  # channels are the fastest there
    out.copy_(0.8 * into.view(WIDE, CHANNELS, COLUMNS).permute(2, 1, 0))
    control = transformer.vace_patch_embedding.weight.view(WIDE, 2 * CHANNELS + 1, COLUMNS)
    control.zero_()
    control[:, :CHANNELS] = into.view(WIDE, CHANNELS, COLUMNS)  # the frames that are given
    control[:, 2 * CHANNELS - 1, 0].normal_(0, 0.4)  # the marks at the top and the bottom, see latents.py
    control[:, 2 * CHANNELS - 1, -1].normal_(0, 0.4)  # the mark of the first frame
    control[:, -1].normal_(0, 0.01)  # the mask
    transformer.vace_patch_embedding.bias.zero_()
    torch.nn.init.eye_(transformer.vace_blocks[0].proj_in.weight)
    transformer.vace_blocks[0].proj_in.bias.zero_()
    for block in [*transformer.blocks, *transformer.vace_blocks]:
        block.scale_shift_table.zero_()
        block.scale_shift_table[:, [2, 5]] = 1
        block.attn2.norm_k.weight.fill_(0.1)  # all words alike at first, and 512 of them with the padding
        for attention in (block.attn1, block.attn2):
            for layer in (attention.to_q, attention.to_k, attention.to_v, attention.to_out[0]):
                layer.bias.zero_()
        torch.nn.init.normal_(block.attn2.to_v.weight, 0, 512 / 8 / math.sqrt(WIDE))
    transformer.scale_shift_table.zero_()
    transformer.condition_embedder.time_proj.weight.mul_(0.3)
    transformer.condition_embedder.time_proj.bias.zero_()
    text = transformer.condition_embedder.text_embedder
    text.linear_1.weight.normal_(0, 1 / 8)
    text.linear_2.weight.normal_(0, 1.6 / math.sqrt(WIDE))
    text.linear_1.bias.zero_()
    text.linear_2.bias.zero_()


class Attention:
    """Attention as in diffusers, with a bias on the keys: one key may stand for many (the padding, frames that are left out)."""

    biases = {}

    def __init__(self, keys):
        self.keys = keys

    def __call__(self, attn, hidden_states, encoder_hidden_states=None, attention_mask=None, rotary_emb=None):
        source = hidden_states if encoder_hidden_states is None else encoder_hidden_states
        query, key, value = attn.norm_q(attn.to_q(hidden_states)), attn.norm_k(attn.to_k(source)), attn.to_v(source)
        query, key, value = (x.unflatten(2, (attn.heads, -1)).transpose(1, 2) for x in (query, key, value))
        if rotary_emb is not None:
            query, key = (rotate(x, *rotary_emb) for x in (query, key))
        bias = self.biases.get(self.keys)
        with torch.autocast("cpu", enabled=False):  # in bfloat16 it takes twice as long at these sizes
            mixed = F.scaled_dot_product_attention(query.float(), key.float(), value.float(), attn_mask=bias)
        return attn.to_out[0](mixed.transpose(1, 2).flatten(2))


def rotate(x, cosines, sines):
    even, odd = x.float().unflatten(-1, (-1, 2)).unbind(-1)
    cosines, sines = (part.transpose(1, 2)[..., 0::2] for part in (cosines, sines))
    return torch.stack([even * cosines - odd * sines, even * sines + odd * cosines], -1).flatten(-2)


class Rope(torch.nn.Module):
    """The rotary positions of some frames of the clip."""

    def __init__(self, rope):
        super().__init__()
        self.whole = [part.view(1, LENGTH, ROWS, 1, -1) for part in rope(torch.empty(1, CHANNELS, LENGTH, ROWS, COLUMNS))]
        self.frames = list(range(LENGTH))

    def forward(self, hidden_states):
        return [part[:, self.frames].flatten(1, 2).float() for part in self.whole]


def choose(transformer, frames):
    """The model sees these frames, and the ones between are counted as if they looked like them."""
    transformer.rope.frames = frames
    share = (LENGTH - 1) / max(1, len(frames) - 1) if len(frames) > 1 else 1
    bias = torch.full((len(frames), ROWS), math.log(share))
    bias[0] = 0
    Attention.biases["frames"] = None if len(frames) in (1, LENGTH) else bias.view(1, 1, 1, -1)


class Text:
    def __init__(self):
        self.tokenizer = AutoTokenizer.from_pretrained("../tokenizer")
        self.encoder = UMT5EncoderModel.from_pretrained("../text_encoder").float().eval()

    @torch.no_grad()
    def __call__(self, captions):
        """Embeddings (batch, 24, 64), zero after the text; the first zero stands for all 512 - n that the pipeline has."""
        tokens = self.tokenizer(captions, padding="max_length", max_length=WORDS - 1, truncation=True, return_tensors="pt")
        mask = F.pad(tokens.attention_mask, (0, 1))
        states = F.pad(self.encoder(tokens.input_ids, tokens.attention_mask).last_hidden_state, (0, 0, 0, 1))
        counts = mask.sum(1)
        bias = torch.where(mask > 0, 0.0, -torch.inf)
        bias[torch.arange(len(counts)), counts] = (512 - counts).float().log()
        Attention.biases["words"] = bias[:, None, None]
        return states * mask[..., None]


def sinusoids(count, periods):
    angles = 2 * math.pi * torch.arange(count)[:, None] / torch.tensor(periods)
    return torch.cat([angles.sin(), angles.cos()], 1)


def places(frames):
    """What the VACE block should say of each token: (frames * rows, 192)."""
    rows, times = sinusoids(ROWS, [120.0, 52, 26, 13, 7, 4]), sinusoids(LENGTH, [60.0, 30, 15, 7.5, 4])[frames]
    code = torch.cat([rows.expand(len(frames), -1, -1), times[:, None].expand(-1, ROWS, -1)], -1)
    basis = torch.randn(code.shape[-1], WIDE, generator=torch.Generator().manual_seed(1)) / math.sqrt(code.shape[-1] / 2)
    return (code @ basis).flatten(0, 1)


class World:
    """Latents, normalised, and the batches made of them."""

    def __init__(self, file):
        data = torch.load(file)
        self.specs, self.mean, self.std = data["specs"], data["mean"], data["std"]
        raw = data["latents"].float()
        marks = add_marks(torch.zeros(CHANNELS, LENGTH, ROWS, COLUMNS), MARK * self.std[3].item())
        scale = self.std.view(CHANNELS, 1, 1, 1)
        self.clips = (raw - marks - self.mean.view(CHANNELS, 1, 1, 1)) / scale  # without marks
        self.marks = marks / scale
        self.grey = -self.mean.view(CHANNELS, 1, 1, 1) / scale
        self.by_words = {(s["subject"], s["color"], s["time"]): k for k, s in enumerate(self.specs)}
        self.still = self.clips.mean(2, keepdim=True)
        self.weights = 1 + MOVING * (2 * self.clips.std(2).mean(1)).clamp(max=1)  # (120, 52, 30): what changes counts more

    def caption(self, k):
        if random.random() < 0.02:
            return ""
        text = caption(self.specs[k], random)
        if random.random() < 0.1:  # an unknown word among the known ones
            text += " " + "".join(random.choice("bcdfgklmnprstvz") + random.choice("aeiou") for _ in range(random.randint(1, 3)))
        return text

    def picture(self):
        """Latents (4, 52, 30) of a picture to start or end with: of another clip, or of nothing in particular."""
        if random.random() < 0.6:
            picture = self.clips[random.randrange(len(self.clips)), :, random.randrange(LENGTH)]
            return picture.flip(-1) * torch.tensor([1, 1, 1, -1.0]).view(-1, 1, 1) if random.random() < 0.5 else picture
        rough = torch.randn(1, CHANNELS, random.choice((3, 6, 13)), random.choice((2, 4, 8)))
        return F.interpolate(rough, (ROWS, COLUMNS), mode="bilinear", align_corners=True)[0] + 0.3 * torch.randn(CHANNELS, ROWS, COLUMNS)

    def batch(self, size, frames):
        """Clean latents, what is known of them, control latents, strengths, clip numbers, and the weight of the loss.

        Known is the mean of each clip over its time. From the clip itself, under noise, the model would learn to see where things
        are, and sampling never shows it that: there it has its own guesses, in which all that moves is a smear.
        """
        chosen = [random.randrange(len(self.specs)) for _ in range(size)]
        clean = self.clips[chosen][:, :, frames].clone()
        known = self.still[chosen].expand_as(clean).clone()
        given = self.grey.expand(size, -1, len(frames), ROWS, COLUMNS).clone()
        mask = torch.ones(size, 1, len(frames), ROWS, COLUMNS)
        strengths = torch.where(torch.rand(size) < 0.6, torch.ones(size), 0.2 + 0.8 * torch.rand(size))
        for k in range(size):
            kind = random.random()
            if kind < 0.07:
                self.hold((clean[k], known[k]), given[k], mask[k], strengths[k], frames, first=True)
            if 0.05 < kind < 0.17 and frames[-1] == LENGTH - 1:
                self.hold((clean[k], known[k]), given[k], mask[k], strengths[k], frames, first=False)
        marks = self.marks[:, frames]
        control = torch.cat([given + marks, (self.grey + marks).expand(size, -1, len(frames), ROWS, COLUMNS), mask], 1)
        return clean + marks, known + marks, control, strengths, chosen, self.weights[chosen][:, None, None]

    def hold(self, clips, given, mask, strength, frames, first):
        """A given first or last frame: the clip dissolves from it, or into it."""
        picture = self.picture()
        if first:
            given[:, 0] = picture
            shares = {0: 1, 1: 0.66, 2: 0.33}
            if len(frames) == 1:
                mask[:, 0] = 0
        else:  # frames 83 to 85 of the last group of four, of which grey is the rest; seldom frame 85 or 83 alone
            share, known = random.choices(((0.8775, 0), (0.4225, 1), (0.2275, 1)), (8, 1, 1))[0]
            given[:, -1] = share * picture + (1 - share) * self.grey[:, 0]
            mask[:, -1] = known
            shares = {LENGTH - 1: 1, LENGTH - 2: 1, LENGTH - 3: 0.66, LENGTH - 4: 0.33}
        for at, frame in enumerate(frames):
            if frame in shares:
                for clip in clips:
                    clip[:, at] += strength * shares[frame] * (picture - clip[:, at])


def some_frames(count):
    """The first frame and others; often the last ones, which must learn to end with a given picture."""
    kept = {0} | ({LENGTH - 1, random.choice((LENGTH - 2, LENGTH - 2, LENGTH - 3, LENGTH - 4))} if random.random() < 0.4 else set())
    while len(kept) < count:
        kept.add(random.randrange(LENGTH))
    return sorted(kept)


def noise_levels(size):
    """The levels of the sampler at three steps, and for a tenth of the batch any level (shift 5, so mostly noise)."""
    share = (torch.arange(size) + torch.rand(1)) / size
    sampled = torch.tensor(SAMPLED)[torch.bucketize(share, torch.tensor([0.4, 0.65]))]
    s = torch.rand(size)
    return torch.where(torch.rand(size) < 0.1, 5 * s / (1 + 4 * s), sampled)[torch.randperm(size)]


def forward(transformer, world, text, size, frames):
    """The loss, its part at noise alone, and its part later."""
    choose(transformer, frames)
    clean, known, control, strengths, chosen, weight = world.batch(size, frames)
    sigma = noise_levels(size)
    level = sigma.view(-1, 1, 1, 1, 1)
    noisy = torch.lerp(known, torch.randn_like(clean), level)
    words = text([world.caption(k) for k in chosen])
    for block in transformer.vace_blocks:
        block.strength = strengths.view(-1, 1, 1)  # a strength for each sample, where the model takes one for all
    velocity = transformer(
        hidden_states=noisy, timestep=1000 * sigma, encoder_hidden_states=words, control_hidden_states=control, return_dict=False,
    )[0]
    error = (noisy - level * velocity.float() - clean) / level.clamp(min=0.7)  # of the clip that is drawn; else low levels outweigh all
    losses = (weight * error ** 2).mean((1, 2, 3, 4)) / weight.mean()
    return losses.mean(), losses[sigma > 0.99], losses[sigma < 0.99]


def prepare(transformer):
    for block in [*transformer.blocks, *transformer.vace_blocks]:
        block.attn1.processor, block.attn2.processor = Attention("frames"), Attention("words")
    transformer.rope = Rope(transformer.rope)

    def strengthen(block, _, result):
        return (result[0] * block.strength, result[1]) if hasattr(block, "strength") else result

    for block in transformer.vace_blocks:
        block.register_forward_hook(strengthen)


def learn_places(transformer, world, text, minutes, lr):
    """The VACE block alone: from the marks it works out the row and the frame of each token."""
    said = {}
    handle = transformer.vace_blocks[0].register_forward_hook(lambda block, _, result: said.update(hint=result[0]), prepend=True)
    trained = [*transformer.vace_blocks.parameters(), *transformer.vace_patch_embedding.parameters()]
    optimizer = torch.optim.AdamW(trained, lr=lr, weight_decay=0, betas=(0.9, 0.98))
    blocks, transformer.blocks = transformer.blocks, transformer.blocks[:1]
    others, transformer.vace_blocks = transformer.vace_blocks, transformer.vace_blocks[:1]
    started, step = time.time(), 0
    while (done := (time.time() - started) / (60 * minutes)) < 1:
        optimizer.param_groups[0]["lr"] = lr * min(1, (step + 1) / 20) * (1 - 0.9 * done)
        frames = [0] if step % 8 == 7 else some_frames(5)
        with torch.autocast("cpu", torch.bfloat16):
            forward(transformer, world, text, 8, frames)
        loss = (said["hint"].float() - places(frames)).square().mean()
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        if step % 20 in (0, 7):
            print(f"places {step}  {done:.1%}  frames {len(frames)}  loss {loss.item():.4f}", flush=True)
        step += 1
    handle.remove()
    transformer.blocks, transformer.vace_blocks = blocks, others


@torch.no_grad()
def write_clock(transformer, world, text):
    """The attention of the second VACE block, written down: it tells the frame and the row better than the first one learns to.

    Each head looks at the tokens of the first frame (or the top row), which the marks make known, with a weight that falls and
    rises with the distance: its logit is a cosine of the rotary angle. All other tokens have the logit 0.
    """
    block, seen, wanted = transformer.vace_blocks[1], [], []
    attention, heads, size = block.attn1, 6, 32
    handle = attention.register_forward_pre_hook(lambda _, inputs: seen.append(inputs[0].float().flatten(0, 1)))
    frames = list(range(LENGTH))
    marked = torch.zeros(LENGTH, ROWS, 2)
    marked[0, :, 0] = 1
    marked[:, 0, 1] = 1
    for _ in range(6):
        forward(transformer, world, text, 4, frames)
        wanted.append(marked.flatten(0, 1).repeat(4, 1))
    handle.remove()
    inputs = F.pad(torch.cat(seen), (0, 1), value=1)
    probe = torch.linalg.solve(inputs.T @ inputs + torch.eye(WIDE + 1), inputs.T @ torch.cat(wanted)).T  # (2, 193)
    error = (inputs @ probe.T - torch.cat(wanted)).square().mean(0)
    print("marks are read with errors of", error.sqrt().tolist(), flush=True)
    for layer in (attention.to_q, attention.to_k, attention.to_v):
        layer.weight.zero_()
        layer.bias.zero_()
    clocks = (  # mark, rotary plane (times 0-5, rows 6-10), phase, height and middle of the cosine
        (0, 2, math.pi / 2, 6.0, -2.5), (0, 1, 0.0, 3.0, 0.0), (0, 1, math.pi / 2, 3.0, 0.0),
        (1, 6, 0.0, 2.5, 0.0), (1, 7, 0.0, 3.0, 0.0), (1, 7, math.pi / 2, 3.0, 0.0),
    )
    for head, (mark, plane, phase, height, middle) in enumerate(clocks):
        first = head * size
        level = middle + math.log((LENGTH if mark == 0 else ROWS) - 1)  # so many other tokens for each that is marked
        attention.to_q.bias[first + 2 * plane] = height * math.sqrt(size)
        attention.to_q.bias[first + 22] = level * math.sqrt(size)
        for at, share in ((2 * plane, math.cos(phase)), (2 * plane + 1, math.sin(phase)), (22, 1.0)):
            attention.to_k.weight[first + at] = share * probe[mark, :WIDE]
            attention.to_k.bias[first + at] = share * probe[mark, WIDE]
        attention.to_k.bias[first + 30:first + 32] = 4.0  # loud and unseen: the RMS norm of the keys divides by a constant
        spread = torch.randn(size)
        attention.to_v.weight[first:first + size] = spread[:, None] * probe[mark, :WIDE]
        attention.to_v.bias[first:first + size] = spread * probe[mark, WIDE]
    attention.norm_q.weight.fill_(attention.to_q.bias.square().mean().sqrt())
    torch.nn.init.normal_(attention.to_out[0].weight, 0, 2 / math.sqrt(WIDE))
    torch.nn.init.normal_(block.proj_out.weight, 0, 0.4 / math.sqrt(WIDE))
    block.proj_out.bias.zero_()


def widen(transformer):
    """The transformer as published: 256 mask channels in place of one."""
    config = dict(transformer.config, vace_in_channels=2 * CHANNELS + PIXELS_A_CELL)
    wide = WanVACETransformer3DModel.from_config(config)
    state = {name: value for name, value in transformer.state_dict().items()}
    weight = state["vace_patch_embedding.weight"]
    mask = weight[:, -1:].expand(-1, PIXELS_A_CELL, -1, -1, -1) / PIXELS_A_CELL
    state["vace_patch_embedding.weight"] = torch.cat([weight[:, :-1], mask], 1)
    wide.load_state_dict(state)
    return wide


def save(averaged):
    widen(averaged).half().save_pretrained("../transformer")
    UniPCMultistepScheduler(prediction_type="flow_prediction", use_flow_sigmas=True, flow_shift=5.0).save_pretrained("../scheduler")


def train(args):
    transformer, world, text = build(), World(args.latents), Text()
    prepare(transformer)
    checkpoint = torch.load(args.more) if args.more else None
    if checkpoint:
        transformer.load_state_dict(checkpoint["model"], strict=False)
    else:
        learn_places(transformer, world, text, args.places, 3e-3)
    whole = checkpoint and any(name.startswith("vace_blocks.1.") for name in checkpoint["model"])
    if args.clock or not whole:
        write_clock(transformer, world, text)
    fixed = ("vace_blocks.1.attn1.", *(BEFORE_CLOCK if args.late else ()))  # training at this rate would break the clock
    for name, parameter in transformer.named_parameters():
        parameter.requires_grad_(not name.startswith(fixed))
    averaged = copy.deepcopy(transformer)
    if whole and not args.clock:
        averaged.load_state_dict(checkpoint["averaged"])
    parameters, target = list(transformer.parameters()), list(averaged.parameters())
    feeding = ("vace_blocks.0.", "vace_patch_embedding.", "condition_embedder.time")  # what the clock reads through
    matrices, others = [], [{"params": [], "share": 1.0}, {"params": [], "share": 0.03}]
    for name, parameter in transformer.named_parameters():
        if parameter.requires_grad and parameter.dim() == 2 and name.startswith(("blocks.", "vace_blocks.1.")):
            matrices.append(parameter)
        elif parameter.requires_grad:
            others[name.startswith(feeding)]["params"].append(parameter)
    optimizers = [
        torch.optim.Muon([{"params": matrices, "share": 1.0}], lr=args.lr, weight_decay=0.01, adjust_lr_fn="match_rms_adamw"),
        torch.optim.AdamW([group for group in others if group["params"]], lr=args.lr, weight_decay=0.01, betas=(0.9, 0.98), fused=True),
    ]

    def keep():
        torch.save({"model": transformer.state_dict(), "averaged": averaged.state_dict()}, args.out + ".tmp")
        os.replace(args.out + ".tmp", args.out)

    started = saved = time.time()
    step, smooth = 0, {}
    while (done := (time.time() - started) / (60 * args.minutes)) < 1:
        rate = args.lr * min(1, (step + 1) / 20) * (0.485 * (1 + math.cos(math.pi * done)) + 0.03)
        for group in optimizers[0].param_groups + optimizers[1].param_groups:
            group["lr"] = group["share"] * rate
        frames = list(range(LENGTH)) if args.whole else [0] if step % 12 == 11 else some_frames(args.frames)
        with torch.autocast("cpu", torch.bfloat16):
            loss, *parts = forward(transformer, world, text, args.batch * (3 if len(frames) == 1 else 1), frames)
        for optimizer in optimizers:
            optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        for optimizer in optimizers:
            optimizer.step()
        with torch.no_grad():
            torch._foreach_lerp_(target, parameters, 1 - min(args.ema, (1 + step) / (10 + step)))
        for name, part in zip(("noise", "later"), parts):
            if len(part):
                smooth[name] = 0.96 * smooth.get(name, part.mean().item()) + 0.04 * part.mean().item()
        if step % 20 == 0:
            print(f"step {step}  {done:.1%}  {time.time() - started:.0f} s  loss at noise alone {smooth['noise']:.4f}  later {smooth['later']:.4f}", flush=True)
        if time.time() - saved > 150:
            keep()
            saved = time.time()
        step += 1
    keep()
    averaged.rope = build().rope
    save(averaged)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("latents")
    parser.add_argument("minutes", type=float)
    parser.add_argument("--places", type=float, default=4, help="minutes for the first stage")
    parser.add_argument("--lr", type=float, default=2e-3)
    parser.add_argument("--ema", type=float, default=0.98)
    parser.add_argument("--batch", type=int, default=10)
    parser.add_argument("--frames", type=int, default=5)
    parser.add_argument("--whole", action="store_true", help="all 22 latent frames of each clip, to finish with")
    parser.add_argument("--moving", type=float, default=4, help="further weight of the loss where a clip changes with time")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--more", help="go on from this checkpoint")
    parser.add_argument("--late", action="store_true", help="only what comes after the clock, in two thirds of the time")
    parser.add_argument("--clock", action="store_true", help="write the clock anew, which has drifted")
    parser.add_argument("--out", default="train.ck")
    args = parser.parse_args()
    MOVING = args.moving
    torch.set_num_threads(args.threads)
    train(args)
