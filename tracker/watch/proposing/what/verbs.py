"""The verbs of announcements, in families: to stop for a time, to give up, to forbid, to use or sell."""

# ruff: noqa: E501 - a wording is read more easily on one line

from tracker.watch.proposing.what.forms import forms

USE = forms(
    "sell offer provide supply license licence lease rent market ship use deploy operate run scan collect share give hand pass allow let permit support accept take"
    " serve build develop make maintain renew buy purchase acquire procure install match identify record store process export resell work cooperate co-operate fly enrol"
    " search put add distribute send feed score analyse analyze serve hold disclose transfer help equip monitor track enter sign be do go read film recogni[sz]e carry lend"
)
# What one does for a while.
SUSPEND = forms("suspend pause halt freeze mothball shelve stand_down put_off ground bench park sideline")
ON_HOLD = (
    r"(?:on (?:hold|ice|pause|the shelf|the back burner)|into (?:storage|mothballs)|out of (?:use|service|action))"
)
# What one does for good.
GIVE_UP = forms(
    "discontinue retire abandon drop scrap axe ditch kill shut_down shut_off shut close_down switch_off turn_off wind_down phase_out sunset pull_out_of"
    " pull_the_plug_on walk_away_from get_out_of get_rid_of exit quit cease withdraw remove deactivate disable dismantle take_down unplug do_away_with give_up_on give_up"
    " call_time_on move_away_from bow_out_of back_out_of step_away_from step_back_from turn_its_back_on bin jettison kill_off go_away say_goodbye_to say_farewell_to bid_farewell_to call_it_quits throw_in_the_towel_on wash_its_hands_of pull_up_stakes take_off_the_market stop_selling part_with"
)
STOP = forms("stop cease end quit give_up refrain_from desist_from finish")
FORBID = forms("ban bar prohibit forbid outlaw block preclude proscribe disallow")
LIFT = forms(
    "lift rescind reverse revoke repeal overturn scrap undo roll_back abandon drop withdraw walk_back backtrack_on back_away_from renege_on annul quash cancel end ditch tear_up strike_down throw_out"
    " loosen relax remove set_aside go_back_on water_down unwind void throw_out ease waive"
)
PROLONG = forms(
    "extend prolong renew lengthen continue keep maintain roll_over stretch push_back reaffirm carry_over retain"
)
RESUME = forms(
    "resume restart reinstate reintroduce revive reopen relaunch restore reactivate unfreeze bring_back switch_back_on turn_back_on re-enable reverse_course"
)
MAKE = forms(
    "implement place put impose introduce adopt announce enact institute declare establish approve pass order sign agree_to agree_on agree back issue call set_out ratify begin start decree vote_for endorse"
)
END_TIES = forms(
    "cancel terminate end drop sever cut not_renew scrap break_off call_off discontinue exit quit wind_up abandon withdraw_from pull_out_of walk_away_from back_out_of get_out_of let dissolve conclude"
    " revoke tear_up rip_up close suspend ditch axe void rescind"
)
BEGIN_TIES = forms(
    "sign ink strike award approve enter_into enter seal land win announce form launch agree finalise finalize forge secure expand clinch conclude execute"
)
