/** Which shard or region serves a request, and why: decided from tables and facts alone. */
@NullMarked
package io.generalbots.edge.route;

import org.jspecify.annotations.NullMarked;
