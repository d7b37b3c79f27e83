"""Writes a language model that is as small as can be, for tests: it says one sentence, whatever it is asked.

Which word comes next is decided by the last one alone: a word is a place in a vector, attention adds nothing, and the
last matrix leads from each word's place to the next word. So it is a model as llama.cpp knows them, and its answer is
known beforehand.
"""

import argparse
import array
import struct
import sys

SENTENCE = ["I", "am", "the", "local", "model", "."]
SPACE = "\u2581"
WIDTH = 288  # no less than there are words
HEAD = 32
INNER = 32
UINT32, FLOAT32, BOOL, STRING, ARRAY, INT32 = 4, 6, 7, 8, 9, 5
F32 = 0
ALIGNMENT = 32
UNKNOWN, CONTROL, NORMAL, BYTE = 2, 3, 1, 6
BEGIN, END = 1, 2
# Its last letter is what the first word follows.
TEMPLATE = "{% for message in messages %}{{ message['content'] }}{{ '\\n' }}{% endfor %}"


def vocabulary():
    """Each word with its kind: special ones, all bytes, those of the sentence, and what fills up."""
    words = [("<unk>", UNKNOWN), ("<s>", CONTROL), ("</s>", CONTROL)]
    words += [(f"<0x{byte:02X}>", BYTE) for byte in range(256)]
    words += [(SPACE + word if word != "." else word, NORMAL) for word in SENTENCE]
    words += [(f"<filling{n}>", CONTROL) for n in range(WIDTH - len(words))]
    return words


def text(value):
    data = value.encode()
    return struct.pack("<Q", len(data)) + data


def setting(name, kind, value):
    return text(name) + struct.pack("<I", kind) + value


def number(name, value):
    return setting(name, UINT32, struct.pack("<I", value))


def several(name, kind, values):
    return setting(name, ARRAY, struct.pack("<IQ", kind, len(values)) + b"".join(values))


def settings(words):
    """What llama.cpp has to know of a model."""
    return [
        setting("general.architecture", STRING, text("llama")),
        setting("general.name", STRING, text("tiny")),
        number("llama.context_length", 2048),
        number("llama.embedding_length", WIDTH),
        number("llama.block_count", 1),
        number("llama.feed_forward_length", INNER),
        number("llama.attention.head_count", 1),
        number("llama.attention.head_count_kv", 1),
        number("llama.attention.key_length", HEAD),
        number("llama.attention.value_length", HEAD),
        number("llama.rope.dimension_count", HEAD),
        number("llama.vocab_size", len(words)),
        setting("llama.attention.layer_norm_rms_epsilon", FLOAT32, struct.pack("<f", 1e-5)),
        setting("tokenizer.ggml.model", STRING, text("llama")),
        several("tokenizer.ggml.tokens", STRING, [text(word) for word, _ in words]),
        several("tokenizer.ggml.scores", FLOAT32, [struct.pack("<f", -float(n)) for n in range(len(words))]),
        several("tokenizer.ggml.token_type", INT32, [struct.pack("<i", kind) for _, kind in words]),
        number("tokenizer.ggml.bos_token_id", BEGIN),
        number("tokenizer.ggml.eos_token_id", END),
        number("tokenizer.ggml.unknown_token_id", 0),
        setting("tokenizer.ggml.add_bos_token", BOOL, b"\1"),
        setting("tokenizer.ggml.add_space_prefix", BOOL, b"\0"),
        setting("tokenizer.chat_template", STRING, text(TEMPLATE)),
    ]


def zeros(rows, columns):
    return array.array("f", bytes(4 * rows * columns))


def places(words):
    """The place of each word: its own."""
    matrix = zeros(len(words), WIDTH)
    for word in range(len(words)):
        matrix[word * WIDTH + word] = 1.0
    return matrix


def following(words):
    """What follows what: the sentence in its order, its first word behind everything else, the end behind its last."""
    matrix = zeros(len(words), WIDTH)
    first = [word for word, _ in words].index(SPACE + SENTENCE[0])
    sentence = list(range(first, first + len(SENTENCE)))
    after = dict(zip(sentence, sentence[1:] + [END]))
    for word in range(len(words)):
        matrix[after.get(word, first) * WIDTH + word] = 4.0
    return matrix


def tensors(words):
    """Name, shape as llama.cpp counts it, content."""
    ones = array.array("f", [1.0] * WIDTH)
    layer = "blk.0."
    return [
        ("token_embd.weight", (WIDTH, len(words)), places(words)),
        ("output_norm.weight", (WIDTH,), ones),
        ("output.weight", (WIDTH, len(words)), following(words)),
        (layer + "attn_norm.weight", (WIDTH,), ones),
        (layer + "attn_q.weight", (WIDTH, HEAD), zeros(HEAD, WIDTH)),
        (layer + "attn_k.weight", (WIDTH, HEAD), zeros(HEAD, WIDTH)),
        (layer + "attn_v.weight", (WIDTH, HEAD), zeros(HEAD, WIDTH)),
        (layer + "attn_output.weight", (HEAD, WIDTH), zeros(WIDTH, HEAD)),
        (layer + "ffn_norm.weight", (WIDTH,), ones),
        (layer + "ffn_gate.weight", (WIDTH, INNER), zeros(INNER, WIDTH)),
        (layer + "ffn_up.weight", (WIDTH, INNER), zeros(INNER, WIDTH)),
        (layer + "ffn_down.weight", (INNER, WIDTH), zeros(WIDTH, INNER)),
    ]


def padded(data):
    return data + bytes(-len(data) % ALIGNMENT)


def model():
    """The file, whole."""
    words = vocabulary()
    said, parts = settings(words), tensors(words)
    head, body = b"GGUF" + struct.pack("<IQQ", 3, len(parts), len(said)) + b"".join(said), b""
    for name, shape, content in parts:
        sizes = struct.pack(f"<{len(shape)}Q", *shape)
        head += text(name) + struct.pack("<I", len(shape)) + sizes + struct.pack("<IQ", F32, len(body))
        if sys.byteorder == "big":
            content.byteswap()
        body += padded(content.tobytes())
    return padded(head) + body


def main():
    parser = argparse.ArgumentParser(description="Writes a tiny language model for tests; it answers: " + " ".join(SENTENCE))
    parser.add_argument("file", help="where to, such as tiny.gguf; - for standard output")
    arguments = parser.parse_args()
    if arguments.file == "-":
        sys.stdout.buffer.write(model())
        return
    with open(arguments.file, "wb") as into:
        into.write(model())


if __name__ == "__main__":
    main()
