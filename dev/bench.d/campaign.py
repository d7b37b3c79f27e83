"""What every run of kills has in common: its options, the order of the kinds, and the result."""

import contextlib
import json

import node

MOST_KILLS = 200


def parsed(parser, kills, default, outage):
    """The options of a run with these kinds of kills; outage says what --api-server-down does."""
    parser.add_argument("--namespace", required=True, help="namespace of the BotCluster")
    parser.add_argument("--cluster", default="demo", help="its name (demo)")
    parser.add_argument(
        "--kills", type=int, default=default, help=f"how many, of all kinds in turn ({default})"
    )
    parser.add_argument("--kinds", default=",".join(kills), help=f"which kinds ({', '.join(kills)})")
    parser.add_argument("--operator-down", action="store_true", help="with no operator running")
    parser.add_argument("--api-server-down", type=int, metavar="SECONDS", help=outage)
    options = parser.parse_args()
    options.kinds = [kind.strip() for kind in options.kinds.split(",")]
    unknown = [kind for kind in options.kinds if kind not in kills]
    if unknown or not 1 <= options.kills <= MOST_KILLS:
        parser.error(f"unknown kind {unknown[0]}" if unknown else f"--kills is 1 to {MOST_KILLS}")
    return options


def run(campaign, options, summary):
    """Kills, or takes the API server away, and prints what came of it; the load goes in any case."""
    try:
        with node.WithoutOperator() if options.operator_down else contextlib.nullcontext():
            print(json.dumps(measured(campaign, options, summary)))
    finally:
        campaign.load.remove()


def measured(campaign, options, summary):
    if options.api_server_down:
        return campaign.outage(options.api_server_down)
    kinds = options.kinds
    results = [campaign.kill(n + 1, kinds[n % len(kinds)]) for n in range(options.kills)]
    return {"operator_down": options.operator_down, "kinds": summary(results)}
