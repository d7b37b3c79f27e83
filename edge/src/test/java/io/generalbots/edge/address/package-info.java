/** Tests. */
@NullMarked
package io.generalbots.edge.address;

import org.jspecify.annotations.NullMarked;
