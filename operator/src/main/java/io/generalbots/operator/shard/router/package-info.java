/** The routers of a policy: pods that tell proxies where a request belongs. */
@NullMarked
package io.generalbots.operator.shard.router;

import org.jspecify.annotations.NullMarked;
