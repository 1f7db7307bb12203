"""The pack of the supply meeting: pages from the same sheets, each figure linked, frozen when sent."""
