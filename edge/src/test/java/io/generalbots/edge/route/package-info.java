/** Tests. */
@NullMarked
package io.generalbots.edge.route;

import org.jspecify.annotations.NullMarked;
