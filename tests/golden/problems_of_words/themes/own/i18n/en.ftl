nav-coops = Collectives
nav-needs Wishes
